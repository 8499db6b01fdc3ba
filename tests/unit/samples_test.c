// samples_test.c: the sample of each format gives the articles a person would find in it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/io.h"
#include "tests/unit/corpus_kit.h"

enum { WANTS_MAX = 24, SAMPLE_MAX = 1 << 20 };

typedef struct sample {
    const char *file;
    unsigned articles, skips;
    const char *wants[WANTS_MAX]; // lines that must be there, in that order; NULL ends
} sample;

static const sample samples[] = {
    {"feed.rss",
     3,
     0,
     {"id: hg-1041 [feed]", "url: https://www.harbourgazette.example/world/ferry-reopens [feed]",
      "title: Ferry line reopens after winter storms [feed]", "source: The Harbour Gazette [feed]",
      "author: Marta Lindqvist [feed]", "published: 2024-03-12T06:30:00Z [feed]",
      "section: Transport [feed]", "keyword: ferries [feed]", "language: en [feed]",
      "summary: Crossings resume on Friday. [feed]",
      "body: The northern ferry line will carry passengers again from Friday, nine weeks after "
      "storms damaged both piers. / Engineers finished the last repairs on Monday & tested the "
      "ramps overnight.",
      "author: Paul Okafor [feed]", "body: Stallholders won a two-year permit",
      "url: https://www.harbourgazette.example/world/rain-record [feed]",
      "body: Gauges above the valley"}},
    {"feed.atom",
     2,
     0,
     {"url: https://talbote.example/artikel/bruecke [feed]",
      "title: Br\xc3\xbc"
      "cke & Bahn: Sanierung beginnt [feed]",
      "source: Der Talbote [feed]", "author: Jana Steiner [feed]",
      "published: 2024-04-01T04:15:00Z [feed]", "updated: 2024-04-02T06:00:00Z [feed]",
      "language: de [feed]", "body: Die alte Eisenbahnbr", "published: 2024-03-28T12:00:00Z [feed]",
      "body: Der Stadtrat hat das Geld bewilligt."}},
    {"newsml-g2.xml",
     3,
     2,
     {"id: urn:newsml:northwire.example:20240506:glacier [record]",
      "title: Survey finds glacier retreating faster than expected [record]",
      "source: Northwire [record]",
      "agency: Reuters [record]",
      "author: Ingrid Solberg [record]",
      "dateline: Troms\xc3\xb8 [record]",
      "published: 2024-05-06T07:00:00Z [record]",
      "updated: 2024-05-06T09:10:00Z [record]",
      "section: Science [record]",
      "keyword: glaciers [record]",
      "language: en [record]",
      "version: 3",
      "summary: The ice front has moved",
      "body: A survey published on Monday",
      "title: Withdrawn: harbour story [record]",
      "state: 1",
      "not before: 2024-05-08T00:01:00Z [record]",
      "state: 2",
      "body: The report will be published on Wednesday.",
      "skip ok @0 not a text item",
      "skip ok @0 not a news item"}},
    {"newsml-1.xml",
     1,
     0,
     {"id: urn:newsml:valpresse.example:20240614:VP-77 [record]",
      "title: La f\xc3\xaate du fromage attire les foules [record]", "source: AFP [record]",
      "agency: AFP [record]", "author: Claire Moreau [record]", "dateline: Lausanne [record]",
      "published: 2024-06-14T09:15:00Z [record]", "updated: 2024-06-14T10:15:00Z [record]",
      "keyword: gastronomie [record]", "language: fr [record]", "version: 2",
      "body: Plus de dix mille visiteurs ont parcouru vendredi les all\xc3\xa9"
      "es du march\xc3\xa9. / Les producteurs"}},
    {"nitf.xml",
     1,
     0,
     {"id: prairie-20240702-12 [record]",
      "url: https://prairiecourier.example/2024/07/02/library [record]",
      "title: Library roof to be rebuilt after hail [record]",
      "source: The Prairie Courier [record]", "author: Dolores Whitaker [record]",
      "published: 2024-07-02T11:00:00Z [record]", "section: Local [record]",
      "keyword: libraries [record]", "keyword: Historic buildings [record]", "version: 2",
      "summary: Work starts in August. [record]",
      "body: The county will rebuild the library roof. / Hail the size of golf balls broke most "
      "of the slates in May.\n"}},
    {"anpa.tst",
     1,
     0,
     {"id: W1204-2024-06-03 [record]", "title: Mountain tunnel opens two years late [record]",
      "agency: AP [record]", "author: Anna Keller [record]", "dateline: BOLZANO, Italy [text]",
      "published: 2024-06-03T10:15:00Z [record]", "section: International [record]",
      "body: A road tunnel below the pass opened on Monday, two years late. / "
      "\xe2\x80\x9cNobody will miss the old road,\xe2\x80\x9d the mayor said.\n"}},
    {"iptc7901.txt",
     1,
     0,
     {"title: Floods close roads in southern Poland [record]", "source: dpa [record]",
      "dateline: Krakow [text]", "published: 2024-06-04T09:15:00Z [record]",
      "body: Floods closed dozens of roads in southern Poland on Tuesday after three days of "
      "rain. / Two bridges were swept away, the fire service said. Nobody was hurt.\n"}},
    {"newsletter.eml",
     1,
     0,
     {"id: 20240609.1@morningcafe.example [record]", "title: Election day: what to watch [record]",
      "source: The Morning Caf\xc3\xa9 [record]", "host: morningcafe.example [record]",
      "published: 2024-06-09T04:00:00Z [record]",
      "body: Polls open at eight o'clock in all twelve districts, and the first figures are "
      "expected around nine in the evening. / Turnout was 61 percent last time.\n"}},
    {"letters.mbox",
     2,
     0,
     {"title: Lighthouse keeper retires [record]", "source: Island Post [record]",
      "body: The last keeper of the eastern lighthouse retired on Sunday after thirty-one years "
      "on the island. / A sensor will now switch the lamp.\n",
      "title: Notes from the regatta [record]", "author: Jo Field [record]",
      "published: 2024-07-02T08:30:00Z [record]", "body: Forty boats"}},
    {"export.wxr",
     1,
     2,
     {"title: Orchard walk returns in May [feed]", "author: Ruth Palmer [feed]",
      "section: Outdoors [feed]",
      "body: The orchard walk is back after a break of three years. / Guides lead groups [from "
      "ten to forty people] on both weekends.\n",
      "skip ok @0 not published", "skip ok @0 not a post"}},
    {"release.xml",
     1,
     0,
     {"title: Dyke inspection finds no damage [record]", "source: Lowland Press Service [record]",
      "published: 2024-02-03T11:00:00Z [record]", "section: Regional [record]",
      "language: en [record]", "body: Inspectors walked forty kilometres"}},
};

static void each_sample_gives_its_articles(void **state)
{
    (void)state;
    for (size_t i = 0; i < NX_COUNT(samples); i++) {
        const sample *s = &samples[i];
        char *path = nx_path_join(NX_SOURCE_DIR "/corpus/samples", s->file);
        nx_buf bytes;
        nx_error err = NX_ERROR_INIT;
        nx_buf_init(&bytes, SAMPLE_MAX);
        assert_non_null(path);
        assert_int_equal(nx_read_file(path, &bytes, &err), NX_OK);
        const char *log = kit_articles(nx_buf_str(&bytes), s->file, NULL), *at = log;
        for (size_t k = 0; k < WANTS_MAX && s->wants[k] != NULL; k++) {
            const char *found = strstr(at, s->wants[k]);
            if (found == NULL) {
                fail_msg("%s: no \"%s\" there in:\n%s", s->file, s->wants[k], log);
            }
            at = found;
        }
        if (kit_count(log, "--") != s->articles || kit_count(log, "skip") != s->skips) {
            fail_msg("%s: %u articles and %u skips in:\n%s", s->file, kit_count(log, "--"),
                     kit_count(log, "skip"), log);
        }
        nx_buf_release(&bytes);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sample_gives_its_articles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
