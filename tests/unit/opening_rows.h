// opening_rows.h: openings of articles as news prints them, and the record each must become.
// All texts are invented; the shapes are those of agencies, papers, feeds and crawls.
#ifndef NX_TESTS_OPENING_ROWS_H
#define NX_TESTS_OPENING_ROWS_H

#include <stdbool.h>

typedef struct opening_row {
    const char *name;
    bool title; // the text starts with its own headline
    const char *text;
    const char *want; // one "fact=value" a line, the body last
} opening_row;

#define LEAD                                                                                       \
    "The harbour of the northern town was closed on Monday after a freighter lost its cargo of "   \
    "timber in a storm, the coast guard said."
#define MORE                                                                                       \
    "Divers found nobody in the water, a spokeswoman told reporters on the quay that evening."

static const opening_row opening_rows[] = {
    // ---- plain files with their own headline
    {"section, title, lead, empty labels, byline over lines, dateline, copyright", true,
     "Political News\n\nHarbour closed after storm, ministry says\n\n" LEAD "\n\nPosted Updated\n\n"
     "By\nJane Doe\n, CNN\nCNN \xe2\x80\x94 " LEAD "\n\n" MORE "\n\n"
     "Copyright 2024 by Cable News Network, Inc., a Time Warner Company. All rights reserved.",
     "section=Political News\ntitle=Harbour closed after storm, ministry says\nsource=CNN\n"
     "authors=Jane Doe\nbody=" LEAD "/" MORE},
    {"glued republisher, told a paper, source link", true,
     "A Harbour Nobody Wanted To\n\njustnews exampletimesdotcomThe harbour of the northern town "
     "was "
     "closed for a week, people familiar with the matter told The Washington Post.\n\n" MORE
     "\n\n\xc2\xbb Source",
     "title=A Harbour Nobody Wanted To\nsource=exampletimes.com\nhost=exampletimes.com\n"
     "credited=The Washington Post\nbody=The harbour of the northern town was closed for a week, "
     "people familiar with the matter told The Washington Post./" MORE},
    {"title, blank, paragraphs", true, "Harbour reopens after storm\n\n" LEAD "\n\n" MORE "\n",
     "title=Harbour reopens after storm\nbody=" LEAD "/" MORE},
    {"title with question mark", true, "Who closed the harbour?\n" LEAD "\n" MORE,
     "title=Who closed the harbour?\nbody=" LEAD "/" MORE},
    {"By line and date line", true,
     "Harbour reopens after storm\nBy Jane Doe and John Roe, Staff Writers\nMarch 26, 2019\n" LEAD
     "\n" MORE,
     "title=Harbour reopens after storm\nauthors=Jane Doe,John Roe\npublished=2019-03-26\n"
     "body=" LEAD "/" MORE},
    {"title repeated", true, "Harbour reopens\nHarbour reopens\n" LEAD "\n" MORE,
     "title=Harbour reopens\nbody=" LEAD "/" MORE},
    {"a press release", true,
     "Source: Eastmere Harbours Inc.\nMEDIA RELEASE PR12345\nHarbour reopens after storm\n" LEAD
     "\n" MORE,
     "title=Harbour reopens after storm\nsource=Eastmere Harbours Inc.\nbody=" LEAD "/" MORE},
    {"outlet above the title", true, "BBC News\nHarbour reopens after storm\n" LEAD "\n" MORE,
     "title=Harbour reopens after storm\nsource=BBC News\nbody=" LEAD "/" MORE},
    {"published and updated in one line", true,
     "Harbour reopens after storm\nPublished 26 March 2019 09:15 GMT | Updated 27 March 2019 10:00 "
     "GMT\n" LEAD "\n" MORE,
     "title=Harbour reopens after storm\npublished=2019-03-26T09:15:00Z\n"
     "updated=2019-03-27T10:00:00Z\nbody=" LEAD "/" MORE},
    {"copyright year is no date", true,
     "Harbour reopens\n" LEAD "\n" MORE "\n\xc2\xa9 2019 Example Media Group",
     "title=Harbour reopens\nbody=" LEAD "/" MORE},
    {"first line is prose: no title", true, LEAD "\n" MORE, "body=" LEAD "/" MORE},
    {"first line is a dateline: no title", true, "OSLO (Reuters) - " LEAD "\n" MORE,
     "agency=Reuters\ndateline=OSLO\nbody=" LEAD "/" MORE},
    {"one line is all there is", true, "Harbour reopens", "body=Harbour reopens"},
    {"share buttons", true,
     "Harbour reopens\nShare on Facebook\nShare on Twitter\nEmail\nPrint\n" LEAD "\n" MORE,
     "title=Harbour reopens\nbody=" LEAD "/" MORE},
    {"newsletter sign-up at the end", true,
     "Harbour reopens\n" LEAD "\n" MORE "\nSign up for our daily newsletter\nFollow us on Twitter",
     "title=Harbour reopens\nbody=" LEAD "/" MORE},

    // ---- agencies
    {"agency in brackets", false, "MADRID (Reuters) - " LEAD "\n" MORE,
     "agency=Reuters\ndateline=MADRID\nbody=" LEAD "/" MORE},
    {"place and day", false, "SALVADOR, Feb 26 - " LEAD, "dateline=SALVADOR\nbody=" LEAD},
    {"state and day", false, "NASHVILLE, Tenn., March 3 - " LEAD,
     "dateline=NASHVILLE, Tenn.\nbody=" LEAD},
    {"day and agency by commas", false, "WASHINGTON, March 26, Reuter - " LEAD,
     "agency=Reuters\ndateline=WASHINGTON\nbody=" LEAD},
    {"underscore of old wires", false, "WASHINGTON (AP) _ " LEAD,
     "agency=AP\ndateline=WASHINGTON\nbody=" LEAD},
    {"two hyphens", false, "BEIJING -- " LEAD, "dateline=BEIJING\nbody=" LEAD},
    {"Xinhua's row above its dateline", false,
     "Xinhua | Updated: 2017-09-15 17:52\nBEIJING -- " LEAD,
     "agency=Xinhua\ndateline=BEIJING\nupdated=2017-09-15T17:52:00Z\nbody=" LEAD},
    {"day before the agency", false, "BEIJING, Sept. 15 (Xinhua) -- " LEAD,
     "agency=Xinhua\ndateline=BEIJING\nbody=" LEAD},
    {"German agency", false, "Berlin (dpa) - " LEAD, "agency=dpa\ndateline=Berlin\nbody=" LEAD},
    {"Austrian agency", false, "Wien (APA) \xe2\x80\x93 " LEAD,
     "agency=APA\ndateline=Wien\nbody=" LEAD},
    {"German city alone", false, "Rom \xe2\x80\x93 " LEAD, "dateline=Rom\nbody=" LEAD},
    {"French agency", false, "PARIS (AFP) \xe2\x80\x93 " LEAD,
     "agency=AFP\ndateline=PARIS\nbody=" LEAD},
    {"Spanish agency", false, "MADRID, 26 mar (EFE) - " LEAD,
     "agency=EFE\ndateline=MADRID\nbody=" LEAD},
    {"Spanish full stop and dash", false, "Monterrey, Nuevo Le\xc3\xb3n.- " LEAD,
     "dateline=Monterrey, Nuevo Le\xc3\xb3n\nbody=" LEAD},
    {"Italian agency first", false, "(ANSA) - ROMA, 26 MAR - " LEAD,
     "agency=ANSA\ndateline=ROMA\nbody=" LEAD},
    {"Portuguese agency", false, "Lisboa, 26 mar 2019 (Lusa) - " LEAD,
     "agency=Lusa\ndateline=Lisboa\npublished=2019-03-26\nbody=" LEAD},
    {"Dutch agency", false, "DEN HAAG (ANP) - " LEAD, "agency=ANP\ndateline=DEN HAAG\nbody=" LEAD},
    {"Russian agency between slashes", false, "МОСКВА, 26 марта. /ТАСС/. " LEAD,
     "agency=TASS\ndateline=МОСКВА\nbody=" LEAD},
    {"Russian agency after the dash", false, "МОСКВА, 26 мар - РИА Новости. " LEAD,
     "agency=RIA Novosti\ndateline=МОСКВА\nbody=" LEAD},
    {"Russian agency by full stops", false, "Москва. 26 марта. INTERFAX.RU - " LEAD,
     "agency=Interfax\ndateline=Москва\nbody=" LEAD},
    {"press release", false, "EAST HANOVER, N.J., June 22, 2016 /PRNewswire/ -- " LEAD,
     "agency=PR Newswire\ndateline=EAST HANOVER, N.J.\npublished=2016-06-22\nbody=" LEAD},
    {"distributor, then dateline", false,
     "Newswise \xe2\x80\x94 EAST LANSING, Mich. \xe2\x80\x94 " LEAD,
     "agency=Newswise\ndateline=EAST LANSING, Mich.\nbody=" LEAD},
    {"date after the place in brackets", false, "Rockville, Md. (November 15, 2018)--" LEAD,
     "dateline=Rockville, Md.\npublished=2018-11-15\nbody=" LEAD},
    {"date after a second dash", false, "MISSION VIEJO, Calif. - Feb. 1 2016 - " LEAD,
     "dateline=MISSION VIEJO, Calif.\npublished=2016-02-01\nbody=" LEAD},
    {"outlet in brackets, no dash", false, "(CNN)" LEAD, "source=CNN\nbody=" LEAD},
    {"place, outlet", false, "San Diego, California (CNN) \xe2\x80\x93 " LEAD,
     "source=CNN\ndateline=San Diego, California\nbody=" LEAD},
    {"capital place and dash", false, "WASHINGTON \xe2\x80\x94 " LEAD,
     "dateline=WASHINGTON\nbody=" LEAD},
    {"capital place and colon", false, "NEW DELHI: " LEAD, "dateline=NEW DELHI\nbody=" LEAD},
    {"two places", false, "WASHINGTON/BEIJING (Reuters) - " LEAD,
     "agency=Reuters\ndateline=WASHINGTON/BEIJING\nbody=" LEAD},
    {"agency's byline", false, "By JOHN ROE, Associated Press Writer\nWASHINGTON (AP) - " LEAD,
     "agency=AP\nauthors=John Roe\ndateline=WASHINGTON\nbody=" LEAD},
    {"tag line of an agency", false,
     "MADRID (Reuters) - " LEAD "\n(Reporting by Jane Doe in Madrid; Editing by John Roe)",
     "agency=Reuters\nauthors=Jane Doe\ndateline=MADRID\nbody=" LEAD},
    {"dateline with the year", false, "LONDON, March 3 2020 (Reuters) - " LEAD,
     "agency=Reuters\ndateline=LONDON\npublished=2020-03-03\nbody=" LEAD},
    {"date and agency", false, "March 3, 2020 (Reuters) - " LEAD,
     "agency=Reuters\npublished=2020-03-03\nbody=" LEAD},
    {"dateline without the year", false, "LONDON, March 3 (Reuters) - " LEAD,
     "agency=Reuters\ndateline=LONDON\nbody=" LEAD},
    {"several sources", false, "WASHINGTON \xe2\x80\x94 " LEAD "\nQuelle: die Zeitung, ino/dpa",
     "agency=dpa\ndateline=WASHINGTON\nbody=" LEAD},
    {"who helped", false,
     "By Jane Doe\nWASHINGTON \xe2\x80\x94 " LEAD
     "\n\xe2\x80\x94 Ann Roe in Paris contributed to this report.",
     "authors=Jane Doe\ndateline=WASHINGTON\nbody=" LEAD},
    {"agency that helped", false, "WASHINGTON \xe2\x80\x94 " LEAD "\nAdditional reporting from PA",
     "dateline=WASHINGTON\nbody=" LEAD},
    {"signature of agencies and a day", false, LEAD " (APA, dpa, 23.9.2015)",
     "agency=APA\npublished=2015-09-23\nbody=" LEAD},
    {"agency's copyright", false,
     "ERIE, Pa. \xe2\x80\x94 " LEAD "\nCopyright 2017 The Associated Press. All rights reserved. "
     "This material may not be published, broadcast, rewritten or redistributed.",
     "agency=AP\ndateline=ERIE, Pa.\nbody=" LEAD},

    // ---- pages as crawlers save them
    {"names, outlet, dateline", false,
     "Jane Doe and John Roe\nUSA TODAY\nWASHINGTON \xe2\x80\x94 " LEAD,
     "source=USA Today\nauthors=Jane Doe,John Roe\ndateline=WASHINGTON\nbody=" LEAD},
    {"time that has lost its meaning", false, "7 years ago\n(CNN) - " LEAD,
     "source=CNN\nbody=" LEAD},
    {"reading time", false, "5 min read\n" LEAD, "body=" LEAD},
    {"German byline", false, "Von Jan M\xc3\xbcller\n" LEAD,
     "authors=Jan M\xc3\xbcller\nbody=" LEAD},
    {"French byline", false, "Par Marie Dupont\n" LEAD, "authors=Marie Dupont\nbody=" LEAD},
    {"author and outlet", false, "Jane Doe, Reuters\n" LEAD,
     "agency=Reuters\nauthors=Jane Doe\nbody=" LEAD},
    {"source line names the origin", false, LEAD "\nSource: The Guardian",
     "credited=The Guardian\nbody=" LEAD},

    // ---- what must be left alone
    {"a caption is no dateline", false, "FILE - In this photo the harbour is seen. " LEAD,
     "body=FILE - In this photo the harbour is seen. " LEAD},
    {"prose with dashes", false, "The mayor \xe2\x80\x93 who knew \xe2\x80\x93 said nothing. " LEAD,
     "body=The mayor \xe2\x80\x93 who knew \xe2\x80\x93 said nothing. " LEAD},
    {"place in prose", false,
     "Washington \xe2\x80\x93 which is far away \xe2\x80\x93 agreed. " LEAD,
     "body=Washington \xe2\x80\x93 which is far away \xe2\x80\x93 agreed. " LEAD},
    {"acronym and dash", false, "FBI - the bureau - was told. " LEAD,
     "body=FBI - the bureau - was told. " LEAD},
    {"By opens a sentence", false, "By Tuesday the water had gone down.\n" LEAD,
     "body=By Tuesday the water had gone down./" LEAD},
    {"an outlet quoted late is not credited", false,
     LEAD "\n" MORE "\nNo.\nOfficials told The Washington Post that the port was safe.",
     "body=" LEAD "/" MORE "/No./Officials told The Washington Post that the port was safe."},
    {"a stadium and the day of the match", false,
     LEAD "\nGreen Park\nSaturday, 26 March 2005\n" MORE,
     "body=" LEAD "/Green Park/Saturday, 26 March 2005/" MORE},
    {"two sides of a match", false, "Green Islands v Old Republic, 26 March - " LEAD,
     "body=Green Islands v Old Republic, 26 March - " LEAD},
    {"a caption printed twice", false, MORE "\n" MORE "\nWASHINGTON (AP) \xe2\x80\x94 " LEAD,
     "agency=AP\ndateline=WASHINGTON\nbody=" MORE "/" LEAD},
    {"a named person told somebody: not credited", false,
     "Mayor Jane Doe told The Guardian that the port was safe.\n" LEAD,
     "body=Mayor Jane Doe told The Guardian that the port was safe./" LEAD},
    {"copyright in prose", false,
     LEAD "\nCopyright law is a matter for the courts in this country.",
     "body=" LEAD "/Copyright law is a matter for the courts in this country."},
    {"a short paragraph stays", false, LEAD "\nThe FBI declined to comment.\n" MORE,
     "body=" LEAD "/The FBI declined to comment./" MORE},
    {"told to two: credited to none", false,
     "Officials told The Guardian it sank, while sources told The New York Times it did "
     "not.\n" LEAD,
     "body=Officials told The Guardian it sank, while sources told The New York Times it did "
     "not./" LEAD},
};

#endif
