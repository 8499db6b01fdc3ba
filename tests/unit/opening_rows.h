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

    // ---- pages as people copy, print, forward and archive them
    {"navigation, site, byline with its desk, label above the date, topics", true,
     "Home News Sport Business\nBBC News\nAdvertisement\nHarbour closed after storm at sea\n"
     "By Jane Doe\nBBC Scotland News\nPublished\n14 March 2023\nShare\n" LEAD "\n" MORE
     "\nRelated Topics\nHarbours\nNorthern coast",
     "title=Harbour closed after storm at sea\nsource=BBC News\nauthors=Jane Doe\n"
     "published=2023-03-14\nbody=" LEAD "/" MORE},
    {"a menu, a line each", true,
     "Home\nNews\nSport\nBusiness\nHarbour closed after storm at sea\n" LEAD "\n" MORE,
     "title=Harbour closed after storm at sea\nbody=" LEAD "/" MORE},
    {"forwarded mail", true,
     "---------- Forwarded message ---------\nFrom: Ann Roe <ann@example.org>\n"
     "Date: Tue, Mar 14, 2023 at 9:41 AM\nSubject: Fwd: Harbour closed after storm\n"
     "To: Desk <desk@example.org>\n\nWorth a look.\n\nHarbour closed after storm\n"
     "By Jane Doe, Reuters\nOSLO (Reuters) - " LEAD "\n" MORE,
     "title=Harbour closed after storm\nagency=Reuters\nauthors=Jane Doe\ndateline=OSLO\n"
     "body=Worth a look./" LEAD "/" MORE},
    {"standfirst, name and post, two dates", true,
     "UK news\nHarbour closed after storm\nUp to 3000 logs are afloat, port chief says\n"
     "Jane Doe Environment correspondent\nTue 14 Mar 2023 06.00 GMT\n"
     "Last modified on Wed 15 Mar 2023 08.12 GMT\n" LEAD "\n" MORE,
     "section=UK news\ntitle=Harbour closed after storm\nauthors=Jane Doe\n"
     "summary=Up to 3000 logs are afloat, port chief says\npublished=2023-03-14T06:00:00Z\n"
     "updated=2023-03-15T08:12:00Z\nbody=" LEAD "/" MORE},
    {"the page's address, the printed edition", true,
     "https://www.nytimes.com/2023/03/14/us/harbour.html\nHarbour closed after storm\n"
     "By Jane Doe and John Roe\nMarch 14, 2023\n" LEAD "\n" MORE
     "\nA version of this article appears in print on March 15, 2023, Section A, Page 1 of the New "
     "York edition with the headline: Harbour Closed. Order Reprints | Today's Paper",
     "title=Harbour closed after storm\nauthors=Jane Doe,John Roe\n"
     "url=https://www.nytimes.com/2023/03/14/us/harbour.html\npublished=2023-03-14\nbody=" LEAD
     "/" MORE},
    {"an archive's frame: its date is that of the copy", true,
     "archive.today\nwebpage capture\nSaved from https://www.wsj.com/articles/harbour-1167\n"
     "14 Mar 2023 12:01:33 UTC\nAll snapshots from host www.wsj.com\nTECH\n"
     "Harbour closed after storm\nBy Jane Doe\n" LEAD "\n" MORE,
     "section=TECH\ntitle=Harbour closed after storm\nauthors=Jane Doe\n"
     "url=https://www.wsj.com/articles/harbour-1167\nbody=" LEAD "/" MORE},
    {"an archived page, date and paper in one line", true,
     "The Wayback Machine - "
     "https://web.archive.org/web/2019/https://www.thetimes.co.uk/article/x7\n"
     "Harbour closed after storm\nJane Doe, Transport Editor\n"
     "Tuesday February 26 2019, 12.01am, The Times\n" LEAD "\n" MORE,
     "title=Harbour closed after storm\nsource=The Times\nauthors=Jane Doe\n"
     "url=https://web.archive.org/web/2019/https://www.thetimes.co.uk/article/x7\n"
     "published=2019-02-26T00:01:00Z\nbody=" LEAD "/" MORE},
    {"a collector's row", true,
     "Harbour closed after storm - The Baltimore Sun\n"
     "Posted by newsbot on March 14, 2023 in Politics\nSource: The Baltimore Sun\n" LEAD "\n" MORE
     "\nRead the full story at The Baltimore Sun",
     "title=Harbour closed after storm\nsource=The Baltimore Sun\n"
     "published=2023-03-14\nbody=" LEAD "/" MORE},
    {"a post with a link", true,
     "NPR on X: \"The harbour is closed after a storm.\" https://t.co/abc\n" LEAD "\n" MORE,
     "title=The harbour is closed after a storm.\nsource=NPR\nbody=" LEAD "/" MORE},
    {"subjects above the headline", true,
     "AP NEWS\nClick to copy\nRELATED TOPICS\nStorms\nHarbours\nHarbour closed after storm\n"
     "By JANE DOE\nyesterday\nOSLO (AP) \xe2\x80\x94 " LEAD "\n" MORE,
     "title=Harbour closed after storm\nagency=AP\nauthors=Jane Doe\ndateline=OSLO\nbody=" LEAD
     "/" MORE},
    {"French dates, paper and agency", true,
     "Publi\xc3\xa9 le 14/03/2023 \xc3\xa0 07:42, mis \xc3\xa0 jour \xc3\xa0 09:15\n"
     "Le Monde avec AFP\nLe port du nord est ferm\xc3\xa9\n" LEAD "\n" MORE,
     "title=Le port du nord est ferm\xc3\xa9\nsource=Le Monde\nagency=AFP\n"
     "published=2023-03-14T07:42:00Z\nbody=" LEAD "/" MORE},
    {"German trail, date and agency", true,
     "Startseite \xe2\x80\xba Panorama \xe2\x80\xba H\xc3\xa4"
     "fen\nHafen nach Sturm gesperrt\n"
     "14.03.2023, 11:27 Uhr | dpa\n" LEAD "\n" MORE,
     "section=Panorama \xe2\x80\xba H\xc3\xa4"
     "fen\ntitle=Hafen nach Sturm gesperrt\nagency=dpa\n"
     "published=2023-03-14T11:27:00Z\nbody=" LEAD "/" MORE},
    {"Spanish name, place and date", true,
     "EL PA\xc3\x8dS\nEconom\xc3\xad"
     "a\nEl puerto cierra por la tormenta\nLUC\xc3\x8d"
     "A ARANDA\n"
     "Madrid - 14 MAR 2023 - 13:05 CET\n" LEAD "\n" MORE,
     "section=Econom\xc3\xad"
     "a\ntitle=El puerto cierra por la tormenta\nsource=El Pa\xc3\xads\n"
     "authors=Luc\xc3\xad"
     "a Aranda\ndateline=Madrid\npublished=2023-03-14T12:05:00Z\nbody=" LEAD "/" MORE},
    {"Portuguese name, place, date", true,
     "Folha de S.Paulo\nMercado\nPorto fecha depois da tempestade\nMarina Alves\n"
     "S\xc3\x83O PAULO\n14.mar.2023 \xc3\xa0s 9h00\n" LEAD "\n" MORE,
     "section=Mercado\ntitle=Porto fecha depois da tempestade\nsource=Folha de S.Paulo\n"
     "authors=Marina Alves\ndateline=S\xc3\x83O PAULO\npublished=2023-03-14T09:00:00Z\nbody=" LEAD
     "/" MORE},
    {"Xinhua's row with its editor, its end mark", true,
     "Harbour closed after storm\nSource: Xinhua| 2019-02-22 21:14:05|Editor: Li Na\n"
     "OSLO, Feb. 22 (Xinhua) -- " LEAD "\n" MORE " Enditem",
     "title=Harbour closed after storm\nagency=Xinhua\ndateline=OSLO\n"
     "published=2019-02-22T21:14:05Z\nbody=" LEAD "/" MORE},
    {"a portal's row", true,
     "MSN\nThe Independent\nHarbour closed after storm\nStory by Jane Doe \xe2\x80\xa2 3h "
     "ago\n" LEAD "\n" MORE,
     "title=Harbour closed after storm\nsource=MSN\ncredited=The Independent\nauthors=Jane Doe\n"
     "body=" LEAD "/" MORE},
    {"name, date and reading time", true,
     "Harbour closed after storm\nJane Doe\nTue, March 14, 2023 at 4:12 AM PDT\xc2\xb7"
     "2 min read\n" LEAD "\n" MORE,
     "title=Harbour closed after storm\nauthors=Jane "
     "Doe\npublished=2023-03-14T11:12:00Z\nbody=" LEAD "/" MORE},
    {"a row above the headline", true,
     "CBC News \xc2\xb7 Posted: Mar 14, 2023 6:00 AM ET | Last Updated: 3 hours ago\n"
     "Harbour closed after storm\n" LEAD "\n" MORE "\nWith files from Ann Roe",
     "title=Harbour closed after storm\nsource=CBC News\npublished=2023-03-14T10:00:00Z\nbody=" LEAD
     "/" MORE},
    {"a blog's row above the headline", true,
     "by Admin | Mar 14, 2023 | World News | 0 comments\nHarbour closed after storm\n" LEAD
     "\n" MORE,
     "title=Harbour closed after storm\npublished=2023-03-14\nbody=" LEAD "/" MORE},
    {"a browser's print", true,
     "3/14/23, 8:02 AM Harbour closed after storm - The Denver Post\nHarbour closed after storm\n"
     "PUBLISHED: March 13, 2023 at 5:14 p.m. | UPDATED: March 13, 2023 at 6:00 p.m.\n" LEAD
     "\n" MORE "\nhttps://www.denverpost.com/2023/03/13/harbour-closed/ 1/2",
     "title=Harbour closed after storm\nsource=The Denver Post\npublished=2023-03-13T17:14:00Z\n"
     "updated=2023-03-13T18:00:00Z\nbody=" LEAD "/" MORE},
    {"a trail of slashes, a shop's notice", true,
     "Tech / Harbours\nHarbour closed after storm\nBy Jane Doe\nMar 14, 2023, 3:12 PM UTC\n"
     "If you buy something from a link, we may earn a commission. See our ethics statement.\n" LEAD
     "\n" MORE,
     "section=Tech / Harbours\ntitle=Harbour closed after storm\nauthors=Jane Doe\n"
     "published=2023-03-14T15:12:00Z\nbody=" LEAD "/" MORE},
    {"outlet in brackets behind the headline, who helped above the text", true,
     "Harbour closed after storm (CNN)\nCNN's Jane Doe contributed to this report.\n(CNN)" LEAD
     "\n" MORE,
     "title=Harbour closed after storm\nsource=CNN\nbody=" LEAD "/" MORE},
    {"a release names its source last", false,
     "OSLO, March 14 /PRNewswire/ -- " LEAD "\n" MORE "\nSOURCE Eastmere Harbours Inc.",
     "source=Eastmere Harbours Inc.\nagency=PR Newswire\ndateline=OSLO\nbody=" LEAD "/" MORE},
    {"a day in brackets is no outlet", true, "Preview: Harbour v Town (Sun)\n" LEAD "\n" MORE,
     "title=Preview: Harbour v Town (Sun)\nbody=" LEAD "/" MORE},
    {"a short headline stays one", true,
     "Harbour reopens\nFerries to sail again by Monday\n" LEAD "\n" MORE,
     "title=Harbour reopens\nbody=Ferries to sail again by Monday/" LEAD "/" MORE},
    {"figures of the text are no counters", true,
     "Harbour closed after storm\n" LEAD "\n1,204\n" MORE,
     "title=Harbour closed after storm\nbody=" LEAD "/1,204/" MORE},

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
    {"day and agency with nothing between, initials of editors", false,
     "SEOUL, Nov 26 AFP - " LEAD "\n" MORE "\nAFP sn",
     "agency=AFP\ndateline=SEOUL\nbody=" LEAD "/" MORE},
    {"initials alone", false, "PARIS (AFP) - " LEAD "\n" MORE "\nhh/ph/ts/hd",
     "agency=AFP\ndateline=PARIS\nbody=" LEAD "/" MORE},
    {"a gallery saved with the text", false,
     "Photos: A mayor at his desk Hide Caption 1 of 2\n" LEAD
     "\nPhotos: A mayor at sea Hide Caption 2 of 2\n" MORE,
     "body=" LEAD "/" MORE},
    {"a country is nobody", false, "Chicago, Estados Unidos -\n" LEAD "\n" MORE,
     "dateline=Chicago, Estados Unidos\nbody=" LEAD "/" MORE},
    {"a list is no byline", false, "* Jane Doe Speaks | Reuters\n" LEAD,
     "body=* Jane Doe Speaks | Reuters/" LEAD},
    {"a collector and whom he took it from", false,
     "by Jane Doe\nThursday, Mar 16, 2023 - 06:25 PM\nAuthored by John Roe via example.com,\n" LEAD,
     "authors=Jane Doe,John Roe\npublished=2023-03-16T18:25:00Z\nbody=" LEAD},
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
    {"sources in other languages", false, LEAD "\n\u0179r\u00f3d\u0142o: PAP",
     "agency=PAP\nbody=" LEAD},
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
    {"a rubric is no dateline", false, "LE POINT SUR LA SITUATION - The army moved on. " LEAD,
     "body=LE POINT SUR LA SITUATION - The army moved on. " LEAD},
    {"a French rubric", false, "R\u00c9CIT - The army moved on. " LEAD,
     "body=R\u00c9CIT - The army moved on. " LEAD},
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
