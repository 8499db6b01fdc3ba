// main.c: newsindex.
#include "indexer/command.h"

int main(int argc, char **argv)
{
    return nx_newsindex(argc, argv);
}
