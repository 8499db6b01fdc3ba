// fuzz_xml.c: any bytes as XML; what was repaired must be well-formed.
#include <stdlib.h>

#include "corpus/xml.h"
#include "corpus/xml_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nx_xml_doc doc;
    nx_error err = NX_ERROR_INIT;
    nx_status st = nx_xml_parse(&doc, nx_str_make((const char *)data, size), NX_STR_NONE, &err);
    if (st == NX_OK) {
        nx_buf text;
        nx_buf_init(&text, 1 << 24);
        nx_xml_block_text(doc.root, &text);
        nx_buf_release(&text);
    } else if (st == NX_EFORMAT && nx_str_find(nx_str_of(err.msg), NX_STR("XML line"), 0) == 0) {
        abort(); // the repaired document was refused
    }
    nx_xml_release(&doc);
    return 0;
}
