// xml_test.c: the XML tree: well-formed, ill-formed and hostile documents.
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "corpus/xml.h"
#include "corpus/xml_text.h"

static nx_xml_doc parse(nx_str bytes)
{
    nx_xml_doc doc;
    nx_error err = NX_ERROR_INIT;
    if (nx_xml_parse(&doc, bytes, NX_STR_NONE, &err) != NX_OK) {
        fail_msg("%s", err.msg);
    }
    return doc;
}

static void check_str(nx_str got, const char *expected)
{
    if (!nx_str_eq(got, nx_str_of(expected))) {
        fail_msg("got \"%.*s\", expected \"%s\"", (int)got.n, got.p, expected);
    }
}

static void a_document_becomes_a_tree(void **state)
{
    (void)state;
    nx_xml_doc doc = parse(
        NX_STR("<?xml version=\"1.0\"?><!-- x --><rss xmlns:m='http://search.yahoo.com/mrss/'>"
               "<item a='1'><m:title>One &amp; <![CDATA[<two>]]></m:title></item>"
               "<item xml:lang='de'><p>x</p></item></rss>"));
    assert_false(doc.repaired);
    const nx_xml_node *item = nx_xml_child(doc.root, "ITEM");
    assert_non_null(item);
    check_str(nx_xml_attr_get(item, "a"), "1");
    assert_null(nx_xml_attr_get(item, "b").p);
    const nx_xml_node *title = nx_xml_child(item, "title");
    assert_int_equal(title->ns, NX_XMLNS_MEDIA);
    check_str(nx_xml_text(&doc, title), "One & <two>");
    const nx_xml_node *second = nx_xml_sibling(item, "item");
    check_str(nx_xml_inherited(nx_xml_child(second, "p"), "lang"), "de");
    assert_null(nx_xml_sibling(second, "item"));
    assert_ptr_equal(nx_xml_find(doc.root, "p"), nx_xml_child(second, "p"));
    nx_xml_release(&doc);
}

static void namespaces_are_told_by_uri_then_by_prefix(void **state)
{
    (void)state;
    nx_xml_doc doc = parse(NX_STR(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:q='http://purl.org/dc/elements/1.1/'>"
        "<q:date/><dc:date/><title/><zz:title/>"
        "<x xmlns='urn:unknown'><title/></x></feed>"));
    const nx_xml_node *n = doc.root->child;
    const nx_xmlns expected[] = {NX_XMLNS_DC, NX_XMLNS_DC, NX_XMLNS_ATOM, NX_XMLNS_OTHER,
                                 NX_XMLNS_NONE};
    assert_int_equal(doc.root->ns, NX_XMLNS_ATOM);
    for (size_t i = 0; i < 5; i++, n = n->next) {
        assert_int_equal(n->ns, expected[i]);
    }
    nx_xml_release(&doc);
}

// Each ill-formed document with the text its element t must have afterwards.
static void unknown_elements_are_paragraphs_unless_in_a_line(void **state)
{
    (void)state;
    nx_xml_doc doc = parse(NX_STR("<TEXT><RUBRIK>Head</RUBRIK><BROD><CITAT>One <firma>two</firma>."
                                  "</CITAT> <CITAT>Three.</CITAT></BROD></TEXT>"));
    nx_buf b;
    nx_buf_init(&b, 1 << 16);
    nx_xml_block_text(doc.root, &b);
    check_str(nx_buf_str(&b), "Head\nOne two.\n \nThree.\n");
    nx_buf_release(&b);
    nx_xml_release(&doc);
}

static const struct {
    const char *name, *xml, *t;
} broken[] = {
    {"bare ampersand", "<r><t>A & B &co; R&D</t></r>", "A & B &co; R&D"},
    {"HTML entity", "<r><t>A&nbsp;&eacute;&hellip;</t></r>", "A\xc2\xa0\xc3\xa9\xe2\x80\xa6"},
    {"HTML entity below a DOCTYPE", "<!DOCTYPE r SYSTEM 'r.dtd'><r><t>caf&eacute; &odd;</t></r>",
     "caf\xc3\xa9 &odd;"},
    {"numeric entities", "<r><t>&#65;&#x42;&#67&#0;&#xD800; &</t></r>", "ABC&#0;&#xD800; &"},
    {"bytes before the declaration",
     "<br />\n<b>Warning</b>: x\n<?xml version='1.0'?><r><t>a</t></r>", "a"},
    {"text before the root", "junk <r><t>a</t></r>", "a"},
    {"bytes after the root", "<r><t>a</t></r><p>b", "a"},
    {"cut in text", "<r><t>abc", "abc"},
    {"cut in a tag", "<r><t>abc</t><u", "abc"},
    {"cut in CDATA", "<r><t><![CDATA[abc & <b>", "abc & <b>"},
    {"open CDATA in an item", "<r><item><t><![CDATA[abc</item><item></item></r>", "abc"},
    {"tag left open", "<r><item><t>one</item><item><t>two</t></item></r>", "one"},
    {"line left open", "<r><title>x<link>y</link></title><t>z</t></r>", "z"},
    {"end tag in another case", "<r><T>a</t></r>", "a"},
    {"end tag without a start", "<r></b><t>a</t></r>", "a"},
    {"less-than as text", "<r><t>3 < 4 <5</t></r>", "3 < 4 <5"},
    {"attributes without quotes", "<r><t a=1 b c='x>y' a=2>v</t></r>", "v"},
    {"empty HTML element", "<r><t>a<br>b</t></r>", "ab"},
    {"control character", "<r><t>a\001b</t></r>", "ab"},
    {"CDATA end in text", "<r><t>a]]>b & c</t></r>", "a]]>b & c"},
    {"comment left open", "<r><!-- <t>a</t></r>", "a"},
    {"undefined entity in an attribute", "<r b='&nbsp;& x'><t>a</t></r>", "a"},
};

static void broken_documents_are_read_as_far_as_they_go(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(broken); i++) {
        nx_xml_doc doc = parse(nx_str_of(broken[i].xml));
        nx_str got = nx_xml_text(&doc, nx_xml_find(doc.root, "t"));
        if (!nx_str_eq(got, nx_str_of(broken[i].t))) {
            fail_msg("%s: got \"%.*s\"", broken[i].name, (int)got.n, got.p);
        }
        nx_xml_release(&doc);
    }
}

static void what_is_no_xml_is_refused(void **state)
{
    (void)state;
    static const char *const documents[] = {"", "plain words", "< 3", "<!-- only -->", "\xff\xfe"};
    for (size_t i = 0; i < NX_COUNT(documents); i++) {
        nx_xml_doc doc;
        nx_error err = NX_ERROR_INIT;
        assert_int_equal(nx_xml_parse(&doc, nx_str_of(documents[i]), NX_STR_NONE, &err),
                         NX_EFORMAT);
        assert_null(doc.arena);
    }
}

static void entities_of_the_document_are_never_expanded(void **state)
{
    (void)state;
    nx_xml_doc doc = parse(NX_STR("<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">"
                                  "<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
                                  "<r><t>&b;&f;&eacute;</t></r>"));
    check_str(nx_xml_text(&doc, nx_xml_find(doc.root, "t")), "&b;&f;\xc3\xa9");
    nx_xml_release(&doc);
}

static nx_status parse_repeated(const char *head, const char *unit, size_t count, const char *tail)
{
    nx_buf b;
    nx_buf_init(&b, 64U << 20);
    nx_buf_addz(&b, head);
    for (size_t i = 0; i < count; i++) {
        nx_buf_addz(&b, unit);
    }
    nx_buf_addz(&b, tail);
    assert_false(b.failed);
    nx_xml_doc doc;
    nx_error err = NX_ERROR_INIT;
    nx_status st = nx_xml_parse(&doc, nx_buf_str(&b), NX_STR_NONE, &err);
    nx_xml_release(&doc);
    nx_buf_release(&b);
    return st;
}

static void ceilings_hold(void **state)
{
    (void)state;
    assert_int_equal(parse_repeated("<r>", "<a>", NX_XML_DEPTH_MAX, ""), NX_ELIMIT);
    assert_int_equal(parse_repeated("<r>", "<a/>", NX_XML_NODES_MAX, "</r>"), NX_ELIMIT);
    assert_int_equal(parse_repeated("<r>&", "<a>", 100, ""), NX_OK);
    assert_int_equal(parse_repeated("<r>&", "<a/>", NX_XML_NODES_MAX, "</r>"), NX_ELIMIT);
}

// Linear, or this test does not end: each unit begins something that has no end.
static void beginnings_without_an_end_cost_no_more_than_others(void **state)
{
    (void)state;
    static const char *const units[] = {"<!--",    "<![CDATA[", "<!DOCTYPE[", "<?", "<a b='",
                                        "<a b=\"", "&#",        "</",         "<!"};
    for (size_t i = 0; i < NX_COUNT(units); i++) {
        nx_status st = parse_repeated("<r>&", units[i], 200000, "");
        assert_true(st == NX_OK || st == NX_ELIMIT);
    }
}

static void block_text_keeps_paragraphs_apart(void **state)
{
    (void)state;
    nx_xml_doc doc = parse(NX_STR("<body.content><block><p>One <em>two</em>\nthree.</p><p>Four.</p>"
                                  "<media><media-caption>No.</media-caption></media>"
                                  "<hl2>Head</hl2><table><tr><td>a</td><td>b</td></tr></table>"
                                  "<ul><li>x</li><li>y<br/>z</li></ul></block></body.content>"));
    nx_buf b;
    nx_buf_init(&b, 1 << 16);
    nx_xml_block_text(doc.root, &b);
    check_str(nx_buf_str(&b), "One two three.\nFour.\nHead\n a b\nx\ny\nz\n");
    nx_buf_release(&b);
    nx_xml_release(&doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_becomes_a_tree),
        cmocka_unit_test(namespaces_are_told_by_uri_then_by_prefix),
        cmocka_unit_test(broken_documents_are_read_as_far_as_they_go),
        cmocka_unit_test(what_is_no_xml_is_refused),
        cmocka_unit_test(entities_of_the_document_are_never_expanded),
        cmocka_unit_test(ceilings_hold),
        cmocka_unit_test(beginnings_without_an_end_cost_no_more_than_others),
        cmocka_unit_test(unknown_elements_are_paragraphs_unless_in_a_line),
        cmocka_unit_test(block_text_keeps_paragraphs_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
