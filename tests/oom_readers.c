// oom_readers.c: each reader of feeds, agency formats and mail, with each allocation failing once.
#include "tests/oom.h"
#include "tests/oom_reads.h"

bool nx_oom_scenario(void)
{
    return reads(NX_FORMAT_FEED,
                 NX_STR("<rss><channel><title>B</title><link>http://a.example/</link><item>"
                        "<title>R & D</title><link>x</link><author>j@a.example (Jane Doe)</author>"
                        "<description>&lt;p>One.&lt;/p></description></item></channel></rss>")) &&
           reads(NX_FORMAT_WXR,
                 NX_STR("<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'><item>"
                        "<title>t</title><content:encoded>a [b]c[/b]\n\nd</content:encoded>"
                        "</item></rss>")) &&
           reads(NX_FORMAT_NEWSML2,
                 NX_STR("<newsItem guid='a' version='1'><itemMeta><provider literal='AFP'/>"
                        "</itemMeta><contentMeta><headline>t</headline><by>By Jane Doe</by>"
                        "</contentMeta><contentSet><inlineXML><nitf><body><body.content>"
                        "<p>One.</p></body.content></body></nitf></inlineXML></contentSet>"
                        "</newsItem>")) &&
           reads(NX_FORMAT_NEWSML1,
                 NX_STR("<NewsML><NewsItem><NewsItemId>1</NewsItemId><NewsComponent><HeadLine>t"
                        "</HeadLine><ContentItem><DataContent>&lt;p>One.</DataContent>"
                        "</ContentItem></NewsComponent></NewsItem></NewsML>")) &&
           reads(NX_FORMAT_NITF,
                 NX_STR("<nitf><body><body.head><hedline><hl1>t</hl1></hedline><byline>By Jane Doe"
                        "</byline></body.head><body.content><p>One.</p></body.content></body>"
                        "</nitf>")) &&
           reads(NX_FORMAT_XML, NX_STR("<a><b><title>t</title><text>One.</text></b></a>")) &&
           reads(NX_FORMAT_WIRE, NX_STR("\001eca1 3 i 9 dpa 1\nA/\n\002Title here =\n\n   Rome "
                                        "(dpa) - It rained.\n\003040915 GMT Jun 24\n\004")) &&
           reads(NX_FORMAT_MAIL,
                 NX_STR("From: A <a@b.example>\nSubject: =?iso-8859-1?Q?caf=E9?=\n"
                        "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nOne.\n--b\n"
                        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
                        "<p>One=20two.\n--b--\n")) &&
           reads(NX_FORMAT_MHTML,
                 NX_STR("Content-Type: multipart/related; boundary=b\n\n--b\n"
                        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
                        "<html><meta property=3Dog:type content=3Darticle><h1>Bridge</h1><p>The "
                        "bridge over the river will be closed until the spring, because the flood "
                        "of last week has damaged two of its piers, the council said.<p>The ferry "
                        "below the bridge will run every hour until then, and the buses will take "
                        "the road through the valley, the council said on Monday.\n--b--\n")) &&
           reads(NX_FORMAT_MARKDOWN,
                 NX_STR("---\ntitle: \"t\"\nauthors:\n- Jane Doe\nsummary: |\n  a\n  b\n---\n"
                        "One [two](http://x) <b>three</b>.\n")) &&
           reads(NX_FORMAT_NEXIS, NX_STR("t\nThe Herald\nMay 1, 2020\n\nByline: Jane Doe\nBody\n\n"
                                         "One.\n\nTwo.\n\nLoad-Date: May 2, 2020\n")) &&
           reads(NX_FORMAT_FACTIVA, NX_STR("HD t\nBY Jane Doe\nPD 1 May 2020\nSN The Herald\nLP\n"
                                           "One.\n\nTD\nTwo.\nAN Document HERALD0020200501x1\n")) &&
           reads(NX_FORMAT_FACTIVA,
                 NX_STR("t\nJane Doe\n5 words\n1 May 2020\nThe Herald\n\nOne.\n")) &&
           reads(NX_FORMAT_HTML,
                 NX_STR("<title>Factiva</title><div class=article><div>t</div><div>5 words</div>"
                        "<div>1 May 2020</div><div>The Herald</div><div>(c) x</div><p>One.</p>"
                        "<p>Document HERALD0020200501x1</p></div>")) &&
           reads(NX_FORMAT_HTML,
                 NX_STR("<article><span class=DocPublicationName>The Herald</span><span "
                        "class=docAuthors>Jane Doe</span><p class=titreArticleVisu>t</p><div "
                        "class=DocText><p>One.</div></article>")) &&
           reads(NX_FORMAT_PROQUEST,
                 NX_STR("Document 1 of 1\n\nt\n\nAuthor: Doe, Jane\n\nFull text: "
                        "One.\n\nTitle: t\n"));
}
