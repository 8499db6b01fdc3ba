// html_export_test.c: pages that news databases export: Nexis, Factiva, Europresse.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/corpus_kit.h"

static void nexis_has_a_page_of_lines(void **state)
{
    (void)state;
    static const char *const wants[] = {
        "skip ok @0 not an article",
        "title: Br\xc3\xbc"
        "cke bleibt gesperrt [record]",
        "source: Der Talbote Online [record]",
        "author: Anna Beispiel [record]",
        "published: 2012-02-27T20:50:00Z [record]",
        "section: LOKALES [record]",
        "language: de [record]",
        "body: Die Br\xc3\xbc"
        "cke bleibt gesperrt, sagte die Stadt. / Es hatte geregnet.\n--",
        "title: Zweite Meldung [record]",
        "source: Der Talbote [record]",
        "published: 2012-02-28 [record]",
        "body: Noch ein Satz.\n--",
        NULL};
    kit_check_articles(
        "<HTML><HEAD><STYLE TYPE=\"text/css\"><!-- .c0 { text-align: center; } --></STYLE>\n"
        "<!-- LXNComment 1827:1 -->\n<TITLE>&nbsp;</TITLE></HEAD><BODY><DIV CLASS=\"c5\"><P>"
        "<SPAN>Download Request: Selected Items: 1-2<BR>Time Of Request: Saturday, October 21, "
        "2017</SPAN></P></DIV><!-- <DOC NUMBER=1>\n<DOCFULL> --><BR><DIV CLASS=\"c0\"><P><SPAN>1 "
        "of 2 DOCUMENTS</SPAN></P></DIV><BR><DIV><BR><P><IMG SRC=\"x\"><BR><SPAN>Der Talbote "
        "Online</SPAN></P></DIV><DIV><P><SPAN CLASS=\"c4\">27.</SPAN><SPAN> Februar 2012 Montag "
        "9:50 PM GMT+1</SPAN></P></DIV><DIV><P><SPAN>Br&uuml;cke bleibt gesperrt</SPAN></P></DIV>"
        "<DIV><P><SPAN>AUTOR: </SPAN><SPAN>Anna Beispiel</SPAN></P></DIV><DIV><P><SPAN>RUBRIK: "
        "</SPAN><SPAN>LOKALES; S. 3</SPAN></P></DIV><DIV><P><SPAN>L&Auml;NGE: </SPAN><SPAN>35 "
        "W&ouml;rter</SPAN></P></DIV><DIV><P><SPAN>Die Br&uuml;cke bleibt </SPAN><SPAN>gesperrt"
        "</SPAN><SPAN>, sagte die Stadt.</SPAN></P><P><SPAN>Es hatte "
        "geregnet.</SPAN></P></DIV><DIV>"
        "<P><SPAN>UPDATE: </SPAN><SPAN>28. Februar 2012</SPAN></P></DIV><DIV><P><SPAN>SPRACHE: "
        "</SPAN><SPAN>GERMAN; DEUTSCH</SPAN></P></DIV><DIV><P><SPAN>Copyright 2012 Der Talbote<BR>"
        "Alle Rechte vorbehalten</SPAN></P></DIV><DIV><P>2 of 2 DOCUMENTS</P></DIV><DIV><P>Der "
        "Talbote</P></DIV><DIV><P><SPAN>28.</SPAN><SPAN> Februar "
        "2012</SPAN></P></DIV><DIV><P>Zweite "
        "Meldung</P></DIV><DIV><P>L&Auml;NGE: 5 W&ouml;rter</P></DIV><DIV><P>Noch ein Satz.</P>"
        "</DIV></BODY></HTML>",
        wants);
}

static void factiva_marks_its_documents(void **state)
{
    (void)state;
    static const char *const wants[] = {"id: VALLEY0020240305ek3500001 [record]",
                                        "title: Harbour bridge closed [record]",
                                        "source: The Valley Herald [record]",
                                        "author: Jane Doe [record]",
                                        "published: 2024-03-05 [record]",
                                        "language: en [record]",
                                        "body: The bridge will stay closed. / It rained.\n--",
                                        "id: TALBOT0020240306ek3600002 [record]",
                                        "title: Second story [record]",
                                        "source: Talbot Post [record]",
                                        "published: 2024-03-06T10:15:00Z [record]",
                                        "body: Another paragraph.\n--",
                                        NULL};
    kit_check_articles(
        "<html><head><title>Factiva</title></head><body><div><a href=\"#\">Display "
        "options</a></div>"
        "<div class=\"article enArticle\"><div id=\"hd\"><span class=\"enHeadline\">Harbour bridge "
        "<b>closed</b></span></div><div class=\"author\">Jane Doe</div><div>512 words</div><div>5 "
        "March 2024</div><div>The Valley Herald</div><div>VALLEY</div><div>A1</div><div>English"
        "</div><div>Copyright 2024. The Valley Herald.</div><p class=\"articleParagraph\">The "
        "bridge "
        "will stay closed.</p><p class=\"articleParagraph\">It rained.</p><p>Document "
        "VALLEY0020240305ek3500001</p></div><div class=\"article enArticle\"><div id=\"hd\"><span>"
        "Second story</span></div><div>12 words</div><div>6 March 2024</div><div>10:15 GMT</div>"
        "<div>Talbot Post</div><div>TALBOT</div><div>English</div><div>(c) 2024 Talbot Post</div>"
        "<p>Another paragraph.</p><p>Document TALBOT0020240306ek3600002</p></div></body></html>",
        wants);
}

static void europresse_names_its_parts(void **state)
{
    (void)state;
    static const char *const wants[] = {
        "id: news\xc2\xb7"
        "20240305\xc2\xb7LV\xc2\xb7"
        "0001 [record]",
        "title: Le pont du port reste ferm\xc3\xa9 [record]",
        "source: Le Val [record]",
        "author: Jeanne Durand [record]",
        "published: 2024-03-05 [record]",
        "section: \xc3\x89"
        "conomie [record]",
        "summary: Jusqu'au printemps [record]",
        "body: Le pont restera ferm\xc3\xa9, a dit la mairie. / Il a plu.\n--",
        "title: Deuxi\xc3\xa8me article [record]",
        "source: Le Bourg [record]",
        "published: 2024-03-06T09:15:00Z [record]",
        "body: Une phrase encore.\n--",
        "skip ok",
        NULL};
    kit_check_articles(
        "<html><head><meta charset=utf-8><title>Biblio</title></head><body><article><header><div>"
        "<span class=\"DocPublicationName\">Le Val, no. 24567</span></div><span "
        "class=\"DocHeader\">"
        "\xc3\x89"
        "conomie, mardi 5 mars 2024 456 mots, p. 12</span><div class=\"titreArticle\"><p "
        "class=\"sm-margin-TopNews titreArticleVisu rdp__articletitle\">Le pont du port reste "
        "ferm\xc3\xa9</p><p class=\"sm-margin-TopNews rdp__subtitle\">Jusqu'au printemps</p><p "
        "class=\"sm-margin-bottomNews\">Jeanne Durand</p></div></header><section><div "
        "class=\"DocText clearfix\"><p>Le pont restera ferm\xc3\xa9, a dit la mairie.</p><p>Il a "
        "plu.</p></div></section><footer><div class=\"publiC-lblNodoc\">news\xc2\xb7"
        "20240305\xc2\xb7LV\xc2\xb7"
        "0001</div><small>Tous droits r\xc3\xa9serv\xc3\xa9s.</small></footer></article><article>"
        "<span class=\"DocPublicationName\">Le Bourg (site web)</span><span class=\"DocHeader\">"
        "mercredi 6 mars 2024 - 10:15 UTC +01:00 120 mots</span><p class=\"titreArticleVisu\">"
        "Deuxi\xc3\xa8me article</p><div class=\"docOcurrContainer\"><p>Une phrase "
        "encore.</p></div>"
        "</article><article><span class=\"DocPublicationName\">Le Bourg</span></article></body>"
        "</html>",
        wants);
}

static void a_page_about_such_pages_is_a_page(void **state)
{
    (void)state;
    static const char *const wants[] = {"title: How we read Factiva", NULL};
    kit_check_articles(
        "<html><head><title>How we read Factiva</title><meta property=\"og:type\" "
        "content=\"article\"></head><body><article><h1>How we read Factiva</h1><p>The service "
        "gives "
        "its documents as a page in which a line tells the number of words, and that line is what "
        "our programs look for before anything else.</p><p>1 of 2 documents was enough to find "
        "that "
        "out, and the rest of the day went into the other formats that the service has.</p>"
        "</article></body></html>",
        wants);
    assert_non_null(
        strstr(kit_articles(NX_STR("<html><title>Factiva</title><p>Sign in</p></html>"), "x", NULL),
               "skip ok @0 not an article\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nexis_has_a_page_of_lines),
        cmocka_unit_test(factiva_marks_its_documents),
        cmocka_unit_test(europresse_names_its_parts),
        cmocka_unit_test(a_page_about_such_pages_is_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
