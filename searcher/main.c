// main.c: newssearch.
#include "searcher/front.h"

int main(int argc, char **argv)
{
    return nx_newssearch(argc, argv);
}
