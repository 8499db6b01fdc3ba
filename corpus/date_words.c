// date_words.c: see date_words.h. Month names and their abbreviations in English, German, French,
// Spanish, Portuguese, Italian, Dutch and Russian; zones as news writes them.
#include "corpus/date_words.h"

typedef struct row {
    nx_date_word meaning;
    const char *words; // in lower case, a space between
} row;

// A word in two languages stands once. "IST" is India's: Ireland and Israel hardly print theirs.
// clang-format off
static const row rows[] = {
    {{NX_DATE_MONTH, 1, false}, "january januar janvier enero janeiro gennaio januari января январь jan "
     "jän janv ene gen янв jänner ян"},
    {{NX_DATE_MONTH, 2, false}, "february februar février febrero fevereiro febbraio februari февраля "
     "февраль feb febr févr fév fev фев февр fevrier"},
    {{NX_DATE_MONTH, 3, false}, "march märz mars marzo março maart марта март mär mrz mrt maa мар maerz"},
    {{NX_DATE_MONTH, 3, true}, "mar"},
    {{NX_DATE_MONTH, 4, false}, "april avril abril aprile апреля апрель apr avr abr апр"},
    {{NX_DATE_MONTH, 5, false}, "may mai mayo maio maggio mei мая май mag"},
    {{NX_DATE_MONTH, 6, false}, "june juni juin junio junho giugno июня июнь jun giu июн"},
    {{NX_DATE_MONTH, 7, false}, "july juli juillet julio julho luglio июля июль jul juil lug juill июл"},
    {{NX_DATE_MONTH, 8, false}, "august août agosto augustus августа август aug aoû ago avg авг aout"},
    {{NX_DATE_MONTH, 9, false}, "september septembre septiembre setembro settembre сентября сентябрь "
     "sep sept set sett сен setiembre сент"},
    {{NX_DATE_MONTH, 10, false}, "october oktober octobre octubre outubro ottobre октября октябрь oct "
     "okt ott out окт"},
    {{NX_DATE_MONTH, 11, false}, "november novembre noviembre novembro ноября ноябрь nov ноя нояб"},
    {{NX_DATE_MONTH, 12, false}, "december dezember décembre diciembre dezembro dicembre декабря декабрь "
     "dec dez déc dic дек decembre"},
    {{NX_DATE_WEEKDAY, 0, false}, "monday tuesday wednesday thursday friday saturday sunday mon tue tues "
     "wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag "
     "freitag samstag sonnabend sonntag mo mi do fr sa so lundi mardi "
     "mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim lunes "
     "martes miércoles jueves viernes sábado domingo mié jue vie sáb dom "
     "segunda terça quarta quinta sexta feira seg ter qua qui sex lunedì "
     "martedì mercoledì giovedì venerdì sabato domenica gio sab maandag "
     "dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo "
     "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср "
     "чт пт сб вс"},
    {{NX_DATE_AM, 0, false}, "am"},
    {{NX_DATE_PM, 0, false}, "pm"},
    {{NX_DATE_CLOCK, 0, false}, "uhr h hs hrs horas uur min"},
    {{NX_DATE_ORDINAL, 0, false}, "st nd rd th er º ª o"},
    {{NX_DATE_ZONE, 0, false}, "utc gmt z wet"},
    {{NX_DATE_ZONE, -300, false}, "est cdt"},
    {{NX_DATE_ZONE, -240, false}, "edt ast"},
    {{NX_DATE_ZONE, -360, false}, "cst mdt"},
    {{NX_DATE_ZONE, -420, false}, "mst pdt"},
    {{NX_DATE_ZONE, -480, false}, "pst akdt"},
    {{NX_DATE_ZONE, -540, false}, "akst"},
    {{NX_DATE_ZONE, -600, false}, "hst"},
    {{NX_DATE_ZONE, -180, false}, "adt brt"},
    {{NX_DATE_ZONE, 60, false}, "bst west cet mez met wat"},
    {{NX_DATE_ZONE, 120, false}, "cest mesz eet sast cat"},
    {{NX_DATE_ZONE, 180, false}, "eest msk мск trt eat"},
    {{NX_DATE_ZONE, 240, false}, "gst"},
    {{NX_DATE_ZONE, 300, false}, "pkt"},
    {{NX_DATE_ZONE, 330, false}, "ist"},
    {{NX_DATE_ZONE, 345, false}, "npt"},
    {{NX_DATE_ZONE, 420, false}, "wib ict"},
    {{NX_DATE_ZONE, 480, false}, "sgt hkt pht awst"},
    {{NX_DATE_ZONE, 540, false}, "jst kst"},
    {{NX_DATE_ZONE, 600, false}, "aest"},
    {{NX_DATE_ZONE, 660, false}, "aedt"},
    {{NX_DATE_ZONE, 570, false}, "acst"},
    {{NX_DATE_ZONE, 630, false}, "acdt"},
    {{NX_DATE_ZONE, 720, false}, "nzst"},
    {{NX_DATE_ZONE, 780, false}, "nzdt"},
    {{NX_DATE_US_ZONE, -300, false}, "et eastern"},
    {{NX_DATE_US_ZONE, -360, false}, "ct central"},
    {{NX_DATE_US_ZONE, -420, false}, "mt"},
    {{NX_DATE_US_ZONE, -480, false}, "pt pacific"},
    {{NX_DATE_FILLER, 0, false}, "at on of the and in time local t standard daylight um den der le la à "
     "a el las los de del di il alle ore op om às em dia kl в г года"},
    {{NX_DATE_LABEL, 0, false}, "published publish posted updated update modified created date dated "
     "first last issued released publication datum veröffentlicht erstellt "
     "aktualisiert stand publié publiée mis mise modifié jour publicado "
     "publicada actualizado actualizada atualizado atualizada fecha data "
     "pubblicato aggiornato gepubliceerd bijgewerkt geplaatst laatste "
     "опубликовано обновлено дата filed"},
    {{NX_DATE_CJK, 1, false}, "年"},
    {{NX_DATE_CJK, 2, false}, "月"},
    {{NX_DATE_CJK, 3, false}, "日"},
};
// clang-format on

enum { WORD_MAX = 32 }; // bytes; no word of the table is longer

static bool has_word(const char *words, const char *word, size_t n)
{
    for (const char *at = words; (at = strstr(at, word)) != NULL; at++) {
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0')) {
            return true;
        }
    }
    return false;
}

const nx_date_word *nx_date_word_find(nx_str folded)
{
    char word[WORD_MAX];
    if (folded.n == 0 || folded.n >= sizeof word || memchr(folded.p, ' ', folded.n) != NULL ||
        memchr(folded.p, '\0', folded.n) != NULL) {
        return NULL;
    }
    memcpy(word, folded.p, folded.n);
    word[folded.n] = '\0';
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (has_word(rows[i].words, word, folded.n)) {
            return &rows[i].meaning;
        }
    }
    return NULL;
}
