// io.h: whole small files in, files replaced atomically, paths put together.
//
// Must not know: formats. Every function names the path in its error message. Any thread.
#ifndef NX_BASE_IO_H
#define NX_BASE_IO_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

// Appends the whole file to b (whose max is the ceiling). Regular files only: a FIFO or device is
// NX_EFORMAT, never waited for.
nx_status nx_read_file(const char *path, nx_buf *b, nx_error *err) NX_MUST_USE;
// Writes bytes to a temporary file beside path, syncs it, renames it over path, syncs the
// directory: afterwards path holds the old bytes or the new ones, never a mixture. On failure the
// temporary file is gone.
nx_status nx_write_file_atomic(const char *path, nx_str bytes, nx_error *err) NX_MUST_USE;
// fsync of a directory, so that a rename in it is durable.
nx_status nx_sync_dir(const char *path, nx_error *err) NX_MUST_USE;
// write() until all of it is out; EINTR is retried.
nx_status nx_write_all(int fd, const void *p, size_t n, const char *name,
                       nx_error *err) NX_MUST_USE;
// Before anything is opened: a standard stream that came closed stays unusable, but its number is
// taken, so that no file of the program gets it: messages would be written into an index. And a
// file that may not grow any more (ulimit -f) is a failed write, not the death of the process.
void nx_hold_standard_streams(void);
// mkdir -p (mode 0777 & ~umask). NX_EIO when there is something else in the way.
nx_status nx_make_dirs(const char *path, nx_error *err) NX_MUST_USE;
// Removes a directory tree; what is not there is no error. Does not follow symbolic links.
nx_status nx_remove_tree(const char *path, nx_error *err) NX_MUST_USE;
// "dir/name", malloc'ed; NULL without memory. name absolute: a copy of name.
char *nx_path_join(const char *dir, const char *name);
// The part after the last '/'.
const char *nx_path_base(const char *path);

#ifdef __cplusplus
}
#endif
#endif
