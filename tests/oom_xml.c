// oom_xml.c: parsing XML, well-formed and not, with each allocation failing once.
#include "corpus/xml.h"
#include "tests/oom.h"

static bool parses(nx_str xml)
{
    nx_xml_doc doc;
    nx_error err = NX_ERROR_INIT;
    bool ok = nx_xml_parse(&doc, xml, NX_STR_NONE, &err) == NX_OK;
    if (ok) {
        ok = nx_xml_text(&doc, doc.root).p != NULL;
    }
    nx_xml_release(&doc);
    return ok;
}

bool nx_oom_scenario(void)
{
    return parses(NX_STR(
               "<r xmlns:dc='http://purl.org/dc/elements/1.1/'>a<dc:b c='d'>e</dc:b></r>")) &&
           parses(NX_STR("<r>a &#146; & b<c d=e>f"));
}
