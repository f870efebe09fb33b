// Made by ./dev shipped; do not edit.
#include "shipped.h"

// #embed is of C23, which Clang knows in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const mlp_File files[] = {
    {NULL, NULL, 0},
};

const mlp_File *mlp_shipped_files(void) { return files; }
