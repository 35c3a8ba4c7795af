#include <libxml/xmlversion.h>

// Only the tail of a structure that nobody reads here depends on ICU, whose headers would clash with Foundation's copy.
#undef LIBXML_ICU_ENABLED

#include <libxml/catalog.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

// In Swift, the variable that holds the function is not safe to read.
static inline void rinnovo_xml_free(void *memory) {
    xmlFree(memory);
}

// Swift cannot write a function of variable arguments.
static inline void rinnovo_xml_ignore_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

static inline void rinnovo_xml_silence(void) {
    xmlSetGenericErrorFunc(NULL, rinnovo_xml_ignore_message);
    xmlThrDefSetGenericErrorFunc(NULL, rinnovo_xml_ignore_message);
}
