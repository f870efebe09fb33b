// libzip as the system's package gives it.
#include <zip.h>
