// replay.c: runs a fuzz target over its seeds with any compiler. Arguments: files or directories.
// Each seed is also run cut short at a few places, which costs nothing and finds much.
#define _GNU_SOURCE
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static long runs;

static void run(const uint8_t *data, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1); // so that a sanitizer sees reads past the end
    if (exact == NULL) {
        abort();
    }
    if (size > 0) {
        memcpy(exact, data, size);
    }
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    runs++;
}

static void run_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    static uint8_t bytes[4 << 20];
    size_t n = fread(bytes, 1, sizeof bytes, f);
    (void)fclose(f);
    run(bytes, n);
    for (size_t cut = 1; cut < 8; cut++) {
        run(bytes, n * cut / 8);
    }
    if (n > 0) {
        run(bytes, n - 1);
    }
}

int main(int argc, char **argv)
{
    run((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        struct dirent **names = NULL;
        int n = scandir(argv[i], &names, NULL, alphasort);
        if (n < 0) {
            run_file(argv[i]);
            continue;
        }
        for (int k = 0; k < n; k++) {
            char *path = NULL;
            if (names[k]->d_name[0] != '.') {
                if (asprintf(&path, "%s/%s", argv[i], names[k]->d_name) < 0) {
                    abort();
                }
                run_file(path);
                free(path);
            }
            free(names[k]);
        }
        free(names);
    }
    printf("%ld runs\n", runs);
    return 0;
}
