// CommonMark's reference library as the system's package gives it.
#include <cmark.h>
