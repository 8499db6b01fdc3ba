// fields.c: see fields.h. The names come from the exports and data sets people have: news-please,
// newspaper3k, NewsAPI, The Guardian, NYT, TREC Washington Post, JSON Feed, ninjs, GDELT, Kaggle.
#include "corpus/fields.h"

typedef struct field_name {
    const char *name; // lower case, letters and digits only
    nx_role role;
    unsigned rank;
} field_name;

// Sorted by name, for binary search; a test checks the order.
static const field_name field_names[] = {
    {"abstract", NX_ROLE_SUMMARY, 2},
    {"agency", NX_ROLE_AGENCY, 0},
    {"article", NX_ROLE_BODY, 6},
    {"articleauthor", NX_ROLE_AUTHOR, 1},
    {"articlebody", NX_ROLE_BODY, 0},
    {"articlecontent", NX_ROLE_BODY, 3},
    {"articledate", NX_ROLE_PUBLISHED, 1},
    {"articleheadline", NX_ROLE_TITLE, 2},
    {"articleid", NX_ROLE_ID, 2},
    {"articlelanguage", NX_ROLE_LANGUAGE, 0},
    {"articlelink", NX_ROLE_URL, 4},
    {"articlepublishedat", NX_ROLE_PUBLISHED, 0},
    {"articlesection", NX_ROLE_SECTION, 0},
    {"articletext", NX_ROLE_BODY, 1},
    {"articletitle", NX_ROLE_TITLE, 2},
    {"articleurl", NX_ROLE_URL, 3},
    {"author", NX_ROLE_AUTHOR, 1},
    {"authorname", NX_ROLE_AUTHOR, 1},
    {"authornames", NX_ROLE_AUTHOR, 1},
    {"authors", NX_ROLE_AUTHOR, 0},
    {"authorsnames", NX_ROLE_AUTHOR, 1},
    {"bodies", NX_ROLE_BODY, 1},
    {"body", NX_ROLE_BODY, 4},
    {"bodyhtml", NX_ROLE_BODY, 3},
    {"bodyhtml5", NX_ROLE_BODY, 8},
    {"bodytext", NX_ROLE_BODY, 1},
    {"bodyxhtml", NX_ROLE_BODY, 3},
    {"by", NX_ROLE_AUTHOR, 3},
    {"byline", NX_ROLE_AUTHOR, 3},
    {"bylines", NX_ROLE_AUTHOR, 2},
    {"byname", NX_ROLE_AUTHOR, 2},
    {"canonicallink", NX_ROLE_URL, 1},
    {"canonicalurl", NX_ROLE_URL, 0},
    {"categories", NX_ROLE_SECTION, 2},
    {"category", NX_ROLE_SECTION, 1},
    {"channel", NX_ROLE_SOURCE, 3},
    {"cleantext", NX_ROLE_BODY, 1},
    {"content", NX_ROLE_BODY, 5},
    {"contentcreated", NX_ROLE_PUBLISHED, 1},
    {"contentelements", NX_ROLE_BODY, 5},
    {"contenthtml", NX_ROLE_BODY, 5},
    {"contentmodified", NX_ROLE_UPDATED, 0},
    {"contentoriginal", NX_ROLE_BODY, 0},
    {"contents", NX_ROLE_BODY, 5},
    {"contenttext", NX_ROLE_BODY, 3},
    {"contributors", NX_ROLE_AUTHOR, 2},
    {"created", NX_ROLE_PUBLISHED, 3},
    {"createdat", NX_ROLE_PUBLISHED, 3},
    {"createdate", NX_ROLE_PUBLISHED, 3},
    {"createddate", NX_ROLE_PUBLISHED, 3},
    {"createddatetime", NX_ROLE_PUBLISHED, 3},
    {"createdutc", NX_ROLE_PUBLISHED, 3},
    {"creationdate", NX_ROLE_PUBLISHED, 3},
    {"creator", NX_ROLE_AUTHOR, 4},
    {"creators", NX_ROLE_AUTHOR, 4},
    {"credit", NX_ROLE_AGENCY, 0},
    {"creditline", NX_ROLE_AGENCY, 0},
    {"date", NX_ROLE_PUBLISHED, 2},
    {"datecreated", NX_ROLE_PUBLISHED, 3},
    {"dategmt", NX_ROLE_PUBLISHED, 2},
    {"dateline", NX_ROLE_DATELINE, 0},
    {"datemodified", NX_ROLE_UPDATED, 0},
    {"datemodify", NX_ROLE_UPDATED, 0},
    {"dateofpublication", NX_ROLE_PUBLISHED, 0},
    {"datepublish", NX_ROLE_PUBLISHED, 0},
    {"datepublished", NX_ROLE_PUBLISHED, 0},
    {"datepublishfinal", NX_ROLE_PUBLISHED, 0},
    {"datetime", NX_ROLE_PUBLISHED, 2},
    {"datetimepub", NX_ROLE_PUBLISHED, 2},
    {"dateupdated", NX_ROLE_UPDATED, 0},
    {"dateutc", NX_ROLE_PUBLISHED, 2},
    {"dccreator", NX_ROLE_AUTHOR, 4},
    {"deck", NX_ROLE_SUMMARY, 1},
    {"dek", NX_ROLE_SUMMARY, 1},
    {"description", NX_ROLE_SUMMARY, 1},
    {"descriptionhtml", NX_ROLE_BODY, 3},
    {"descriptiontext", NX_ROLE_SUMMARY, 1},
    {"desk", NX_ROLE_SECTION, 0},
    {"detectedlanguage", NX_ROLE_LANGUAGE, 0},
    {"displaydate", NX_ROLE_PUBLISHED, 1},
    {"docid", NX_ROLE_ID, 2},
    {"docno", NX_ROLE_ID, 1},
    {"document", NX_ROLE_BODY, 7},
    {"documentid", NX_ROLE_ID, 2},
    {"docurl", NX_ROLE_URL, 5},
    {"domain", NX_ROLE_HOST, 1},
    {"dt", NX_ROLE_PUBLISHED, 4},
    {"excerpt", NX_ROLE_SUMMARY, 2},
    {"externalurl", NX_ROLE_URL, 5},
    {"firstcreated", NX_ROLE_PUBLISHED, 0},
    {"firstpublicationdate", NX_ROLE_PUBLISHED, 0},
    {"firstpublishdate", NX_ROLE_PUBLISHED, 1},
    {"firstpublished", NX_ROLE_PUBLISHED, 0},
    {"fullcontent", NX_ROLE_BODY, 3},
    {"fulltext", NX_ROLE_BODY, 0},
    {"genre", NX_ROLE_SECTION, 2},
    {"guid", NX_ROLE_ID, 3},
    {"head", NX_ROLE_TITLE, 3},
    {"heading", NX_ROLE_TITLE, 3},
    {"headline", NX_ROLE_TITLE, 0},
    {"headlinemain", NX_ROLE_TITLE, 5},
    {"headlines", NX_ROLE_TITLE, 1},
    {"headlinetext", NX_ROLE_TITLE, 2},
    {"hed", NX_ROLE_TITLE, 0},
    {"host", NX_ROLE_HOST, 1},
    {"hostname", NX_ROLE_HOST, 1},
    {"href", NX_ROLE_URL, 5},
    {"htmlbody", NX_ROLE_BODY, 6},
    {"id", NX_ROLE_ID, 0},
    {"idstr", NX_ROLE_ID, 5},
    {"inlanguage", NX_ROLE_LANGUAGE, 0},
    {"intro", NX_ROLE_SUMMARY, 2},
    {"issued", NX_ROLE_PUBLISHED, 1},
    {"itemid", NX_ROLE_ID, 2},
    {"journal", NX_ROLE_SOURCE, 3},
    {"journalist", NX_ROLE_AUTHOR, 2},
    {"key", NX_ROLE_ID, 7},
    {"keyword", NX_ROLE_KEYWORDS, 0},
    {"keywords", NX_ROLE_KEYWORDS, 0},
    {"kicker", NX_ROLE_SECTION, 1},
    {"label", NX_ROLE_SECTION, 2},
    {"lang", NX_ROLE_LANGUAGE, 0},
    {"langcode", NX_ROLE_LANGUAGE, 0},
    {"language", NX_ROLE_LANGUAGE, 0},
    {"languagecode", NX_ROLE_LANGUAGE, 0},
    {"lastmod", NX_ROLE_UPDATED, 0},
    {"lastmodified", NX_ROLE_UPDATED, 0},
    {"lastupdated", NX_ROLE_UPDATED, 0},
    {"lead", NX_ROLE_SUMMARY, 2},
    {"leadparagraph", NX_ROLE_BODY, 8},
    {"lede", NX_ROLE_SUMMARY, 2},
    {"link", NX_ROLE_URL, 2},
    {"locale", NX_ROLE_LANGUAGE, 0},
    {"located", NX_ROLE_DATELINE, 1},
    {"maintext", NX_ROLE_BODY, 0},
    {"media", NX_ROLE_SOURCE, 1},
    {"medianame", NX_ROLE_SOURCE, 1},
    {"mediaoutlet", NX_ROLE_SOURCE, 3},
    {"metadescription", NX_ROLE_SUMMARY, 2},
    {"metakeywords", NX_ROLE_KEYWORDS, 0},
    {"modificationdate", NX_ROLE_UPDATED, 0},
    {"modified", NX_ROLE_UPDATED, 0},
    {"modifiedat", NX_ROLE_UPDATED, 0},
    {"modifieddate", NX_ROLE_UPDATED, 0},
    {"modifiedgmt", NX_ROLE_UPDATED, 0},
    {"name", NX_ROLE_TITLE, 4},
    {"news", NX_ROLE_BODY, 7},
    {"newsagency", NX_ROLE_AGENCY, 0},
    {"newsbody", NX_ROLE_BODY, 1},
    {"newscomponents", NX_ROLE_BODY, 8},
    {"newscontent", NX_ROLE_BODY, 3},
    {"newsdate", NX_ROLE_PUBLISHED, 1},
    {"newsdesk", NX_ROLE_SECTION, 1},
    {"newsid", NX_ROLE_ID, 2},
    {"newslink", NX_ROLE_URL, 4},
    {"newsobjectid", NX_ROLE_ID, 7},
    {"newsoutlet", NX_ROLE_SOURCE, 3},
    {"newspaper", NX_ROLE_SOURCE, 1},
    {"newssource", NX_ROLE_SOURCE, 2},
    {"newstext", NX_ROLE_BODY, 1},
    {"newstitle", NX_ROLE_TITLE, 2},
    {"newsurl", NX_ROLE_URL, 3},
    {"newswire", NX_ROLE_AGENCY, 0},
    {"organization", NX_ROLE_SOURCE, 3},
    {"originalurl", NX_ROLE_URL, 5},
    {"outlet", NX_ROLE_SOURCE, 1},
    {"pageurl", NX_ROLE_URL, 3},
    {"paper", NX_ROLE_SOURCE, 3},
    {"paragraphs", NX_ROLE_BODY, 7},
    {"passage", NX_ROLE_BODY, 7},
    {"pdate", NX_ROLE_PUBLISHED, 4},
    {"permalink", NX_ROLE_URL, 2},
    {"pillarname", NX_ROLE_SECTION, 2},
    {"plaintext", NX_ROLE_BODY, 0},
    {"post", NX_ROLE_BODY, 7},
    {"postdate", NX_ROLE_PUBLISHED, 1},
    {"posted", NX_ROLE_PUBLISHED, 0},
    {"postedat", NX_ROLE_PUBLISHED, 0},
    {"posteddate", NX_ROLE_PUBLISHED, 1},
    {"primarycategory", NX_ROLE_SECTION, 2},
    {"provider", NX_ROLE_SOURCE, 1},
    {"pubdate", NX_ROLE_PUBLISHED, 0},
    {"pubdateutc", NX_ROLE_PUBLISHED, 0},
    {"publication", NX_ROLE_SOURCE, 1},
    {"publicationdate", NX_ROLE_PUBLISHED, 0},
    {"publicationname", NX_ROLE_SOURCE, 3},
    {"publicationtime", NX_ROLE_PUBLISHED, 0},
    {"publishdate", NX_ROLE_PUBLISHED, 0},
    {"publishdatetime", NX_ROLE_PUBLISHED, 0},
    {"published", NX_ROLE_PUBLISHED, 0},
    {"publishedat", NX_ROLE_PUBLISHED, 0},
    {"publisheddate", NX_ROLE_PUBLISHED, 0},
    {"publisheddatetime", NX_ROLE_PUBLISHED, 0},
    {"publishedon", NX_ROLE_PUBLISHED, 0},
    {"publishedtime", NX_ROLE_PUBLISHED, 0},
    {"publishedutc", NX_ROLE_PUBLISHED, 0},
    {"publisher", NX_ROLE_SOURCE, 0},
    {"publishername", NX_ROLE_SOURCE, 0},
    {"publishtime", NX_ROLE_PUBLISHED, 0},
    {"rawcontent", NX_ROLE_BODY, 7},
    {"rawtext", NX_ROLE_BODY, 1},
    {"releasedate", NX_ROLE_PUBLISHED, 1},
    {"reporter", NX_ROLE_AUTHOR, 2},
    {"revised", NX_ROLE_UPDATED, 0},
    {"rubric", NX_ROLE_SECTION, 1},
    {"section", NX_ROLE_SECTION, 0},
    {"sectionname", NX_ROLE_SECTION, 0},
    {"seendate", NX_ROLE_PUBLISHED, 2},
    {"shortdescription", NX_ROLE_SUMMARY, 2},
    {"shorturl", NX_ROLE_URL, 5},
    {"site", NX_ROLE_HOST, 1},
    {"sitename", NX_ROLE_SOURCE, 1},
    {"snippet", NX_ROLE_SUMMARY, 2},
    {"source", NX_ROLE_SOURCE, 2},
    {"sourcedomain", NX_ROLE_HOST, 0},
    {"sourcedomainname", NX_ROLE_HOST, 1},
    {"sourcefullname", NX_ROLE_SOURCE, 2},
    {"sourcehost", NX_ROLE_HOST, 0},
    {"sourcelink", NX_ROLE_URL, 5},
    {"sourcename", NX_ROLE_SOURCE, 1},
    {"sourcetitle", NX_ROLE_SOURCE, 2},
    {"sourceurl", NX_ROLE_HOST, 0},
    {"standfirst", NX_ROLE_SUMMARY, 1},
    {"story", NX_ROLE_BODY, 6},
    {"storybody", NX_ROLE_BODY, 1},
    {"storydate", NX_ROLE_PUBLISHED, 1},
    {"storyid", NX_ROLE_ID, 2},
    {"storylink", NX_ROLE_URL, 4},
    {"storytext", NX_ROLE_BODY, 1},
    {"storytitle", NX_ROLE_TITLE, 2},
    {"storyurl", NX_ROLE_URL, 3},
    {"subheadline", NX_ROLE_SUMMARY, 1},
    {"subject", NX_ROLE_TITLE, 3},
    {"subjectcodes", NX_ROLE_KEYWORDS, 2},
    {"subjects", NX_ROLE_KEYWORDS, 2},
    {"subsection", NX_ROLE_SECTION, 2},
    {"subsectionname", NX_ROLE_SECTION, 2},
    {"subtitle", NX_ROLE_SUMMARY, 1},
    {"summary", NX_ROLE_SUMMARY, 0},
    {"tag", NX_ROLE_KEYWORDS, 1},
    {"tags", NX_ROLE_KEYWORDS, 1},
    {"teaser", NX_ROLE_SUMMARY, 2},
    {"text", NX_ROLE_BODY, 2},
    {"textcontent", NX_ROLE_BODY, 1},
    {"time", NX_ROLE_PUBLISHED, 3},
    {"timepublished", NX_ROLE_PUBLISHED, 2},
    {"timestamp", NX_ROLE_PUBLISHED, 3},
    {"title", NX_ROLE_TITLE, 1},
    {"titlefull", NX_ROLE_TITLE, 5},
    {"titleoriginal", NX_ROLE_TITLE, 5},
    {"titlepage", NX_ROLE_TITLE, 2},
    {"topic", NX_ROLE_SECTION, 1},
    {"topics", NX_ROLE_SECTION, 2},
    {"topicslist", NX_ROLE_KEYWORDS, 2},
    {"trailtext", NX_ROLE_SUMMARY, 1},
    {"transcript", NX_ROLE_BODY, 7},
    {"typeofmaterial", NX_ROLE_SECTION, 2},
    {"updated", NX_ROLE_UPDATED, 0},
    {"updatedat", NX_ROLE_UPDATED, 0},
    {"updatedate", NX_ROLE_UPDATED, 0},
    {"updateddate", NX_ROLE_UPDATED, 0},
    {"updateddatetime", NX_ROLE_UPDATED, 0},
    {"uri", NX_ROLE_ID, 6},
    {"url", NX_ROLE_URL, 2},
    {"urlcanonical", NX_ROLE_URL, 5},
    {"usn", NX_ROLE_ID, 7},
    {"uuid", NX_ROLE_ID, 4},
    {"versioncreated", NX_ROLE_UPDATED, 0},
    {"webpublicationdate", NX_ROLE_PUBLISHED, 0},
    {"website", NX_ROLE_SOURCE, 3},
    {"webtitle", NX_ROLE_TITLE, 2},
    {"weburl", NX_ROLE_URL, 3},
    {"wire", NX_ROLE_AGENCY, 0},
    {"writer", NX_ROLE_AUTHOR, 2},
    {"writers", NX_ROLE_AUTHOR, 2},
    {"yearmonthday", NX_ROLE_PUBLISHED, 4},
};

enum { NAME_MAX_BYTES = 40 };

// Lower case without separators; false when it is too long to be in the table.
static bool normalise(nx_str name, char out[NAME_MAX_BYTES + 1])
{
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        char c = nx_lower(name.p[i]);
        if (nx_is_alpha(c) || nx_is_digit(c)) {
            if (n == NAME_MAX_BYTES) {
                return false;
            }
            out[n++] = c;
        } else if ((unsigned char)c >= 0x80) {
            return false;
        }
    }
    out[n] = '\0';
    return n > 0;
}

nx_role nx_field_role(nx_str name, unsigned *rank)
{
    char wanted[NAME_MAX_BYTES + 1];
    if (!normalise(name, wanted)) {
        return NX_ROLE_NONE;
    }
    size_t low = 0, high = sizeof field_names / sizeof field_names[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        int c = strcmp(wanted, field_names[middle].name);
        if (c == 0) {
            *rank = field_names[middle].rank;
            return field_names[middle].role;
        }
        if (c < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NX_ROLE_NONE;
}

nx_role nx_role_by_name(nx_str name)
{
    unsigned rank;
    return nx_field_role(name, &rank);
}

size_t nx_field_count(void)
{
    return sizeof field_names / sizeof field_names[0];
}

nx_str nx_field_name_at(size_t i)
{
    return nx_str_of(field_names[i].name);
}
