#include <libxml/catalog.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlversion.h>

// Swift cannot write a function of variable arguments.
static inline void rinnovo_xml_ignore_message(void *context, const char *message, ...) {
    (void)context;
    (void)message;
}

static inline void rinnovo_xml_silence(void) {
    xmlSetGenericErrorFunc(NULL, rinnovo_xml_ignore_message);
    xmlThrDefSetGenericErrorFunc(NULL, rinnovo_xml_ignore_message);
}
