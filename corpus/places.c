// places.c: see places.h. General knowledge: capitals, and cities news is filed from.
#include "corpus/places.h"

// Rows of names; each name ends with '|'.
static const char *const cities[] = {
    "Washington|New York|Los Angeles|Chicago|Boston|Philadelphia|San Francisco|Houston|",
    "Dallas|Denver|Detroit|Atlanta|Miami|Seattle|Baltimore|Cleveland|Cincinnati|",
    "Pittsburgh|St. Louis|Minneapolis|Milwaukee|New Orleans|Las Vegas|Phoenix|",
    "Salt Lake City|San Diego|San Antonio|Honolulu|Indianapolis|Oklahoma City|Austin|",
    "Orlando|Tampa|Nashville|Memphis|Portland|Sacramento|Albany|Des Moines|Philadelphie|",
    "Nueva York|Nova York|Nova Iorque|Los Ángeles|Filadelfia|San José|Albuquerque|",
    "El Paso|Tallahassee|Oakland|Brooklyn|",
    "Ottawa|Toronto|Montreal|Montréal|Vancouver|Calgary|Edmonton|Winnipeg|Quebec City|",
    "Québec|Halifax|",
    "Mexico City|Ciudad de México|México|Mexiko-Stadt|Monterrey|Guadalajara|Tijuana|",
    "Havana|La Habana|Havanna|Kingston|Port-au-Prince|Santo Domingo|San Juan|",
    "Guatemala City|San Salvador|Tegucigalpa|Managua|Panama City|Panamá|Bogota|Bogotá|",
    "Medellín|Cali|Caracas|Quito|Guayaquil|Lima|La Paz|Asuncion|Asunción|Santiago|",
    "Santiago de Chile|Buenos Aires|Montevideo|Brasilia|Brasília|Sao Paulo|São Paulo|",
    "Rio de Janeiro|Rio|Salvador|Recife|Porto Alegre|Belo Horizonte|Curitiba|Puebla|",
    "Culiacán|Toluca|Veracruz|Oaxaca|",
    "London|Londres|Londra|Londen|Лондон|Manchester|Birmingham|Liverpool|Leeds|",
    "Glasgow|Edinburgh|Edimburgo|Cardiff|Belfast|Dublin|Dublín|Dublino|Oxford|Cambridge|",
    "Bristol|",
    "Paris|París|Parigi|Parijs|Париж|Lyon|Marseille|Marsella|Lille|Bordeaux|Nice|",
    "Nantes|Toulouse|Strasbourg|Straßburg|Estrasburgo|Strasburgo|Cannes|Rennes|Grenoble|",
    "Berlin|Berlín|Berlino|Berlijn|Берлин|Bonn|Frankfurt|Frankfurt/Main|Francfort|",
    "Munich|München|Monaco di Baviera|Hamburg|Hamburgo|Cologne|Köln|Düsseldorf|",
    "Stuttgart|Leipzig|Dresden|Hannover|Hanover|Bremen|Nürnberg|Potsdam|Mainz|Wiesbaden|",
    "Erfurt|Magdeburg|Kiel|Karlsruhe|Dortmund|Essen|Wolfsburg|Heidelberg|",
    "Vienna|Wien|Vienne|Viena|Вена|Graz|Linz|Salzburg|Innsbruck|Klagenfurt|Bregenz|",
    "St. Pölten|Eisenstadt|Bern|Berne|Berna|Zurich|Zürich|Geneva|Genf|Genève|Ginebra|",
    "Ginevra|Женева|Basel|Lausanne|Davos|Vaduz|",
    "Brussels|Brüssel|Bruxelles|Bruselas|Brussel|Брюссель|Antwerp|Antwerpen|",
    "Anvers|Amsterdam|Ámsterdam|Rotterdam|The Hague|Den Haag|La Haye|La Haya|L'Aia|",
    "Utrecht|Eindhoven|Maastricht|Luxembourg|Luxemburg|Luxemburgo|",
    "Madrid|Мадрид|Barcelona|Valencia|Seville|Sevilla|Bilbao|Zaragoza|Málaga|",
    "Pamplona|Granada|Lisbon|Lisboa|Lisbonne|Lissabon|Porto|",
    "Rome|Roma|Rom|Рим|Milan|Milano|Mailand|Milán|Naples|Napoli|Turin|Torino|Venice|",
    "Venezia|Florence|Firenze|Bologna|Genoa|Genova|Palermo|Bari|Vatican City|",
    "Città del Vaticano|Vatikanstadt|Ciudad del Vaticano|Cité du Vatican|Valletta|",
    "Athens|Athen|Athènes|Atenas|Atene|Афины|Thessaloniki|Nicosia|Nikosia|Istanbul|",
    "Estambul|Стамбул|Ankara|Анкара|Izmir|Diyarbakir|",
    "Copenhagen|Kopenhagen|Stockholm|Estocolmo|Oslo|Helsinki|Reykjavik|Gothenburg|Malmö|",
    "Tallinn|Riga|Vilnius|",
    "Warsaw|Warschau|Varsovie|Varsovia|Varsavia|Варшава|Krakow|Gdansk|Prague|Prag|",
    "Praga|Прага|Brno|Bratislava|Budapest|Будапешт|Bucharest|Bukarest|",
    "Bucarest|Sofia|Belgrade|Belgrad|Белград|Zagreb|Ljubljana|Laibach|Sarajevo|",
    "Skopje|Tirana|Pristina|Podgorica|Chisinau|",
    "Moscow|Moskau|Moscou|Moscú|Mosca|Moskou|Москва|St. Petersburg|St Petersburg|",
    "Санкт-Петербург|Петербург|Kiev|Kyiv|Kiew|Киев|Lviv|",
    "Odessa|Kharkiv|Donetsk|Донецк|Харьков|Minsk|Минск|Sochi|Сочи|",
    "Екатеринбург|Новосибирск|Казань|Владивосток|",
    "Тбилиси|Ереван|Баку|Астана|Алма-Ата|Ташкент|",
    "Бишкек|Tbilisi|Yerevan|Baku|Astana|Almaty|Tashkent|Bishkek|Dushanbe|Grozny|",
    "Simferopol|Симферополь|",
    "Jerusalem|Jérusalem|Jerusalén|Иерусалим|Tel Aviv|Tel-Aviv|Gaza|Gaza City|",
    "Ramallah|Beirut|Beyrouth|Damascus|Damaskus|Damas|Damasco|Дамаск|Aleppo|Amman|",
    "Baghdad|Bagdad|Багдад|Mosul|Erbil|Basra|Tehran|Téhéran|Teheran|Teherán|",
    "Тегеран|Riyadh|Riad|Jeddah|Doha|Dubai|Abu Dhabi|Kuwait|Kuwait City|Manama|",
    "Muscat|Sanaa|Aden|",
    "Cairo|Kairo|Le Caire|El Cairo|Il Cairo|Каир|Alexandria|Tripoli|Benghazi|Tunis|",
    "Algiers|Alger|Algier|Rabat|Casablanca|Khartoum|Juba|Addis Ababa|Addis Abeba|Nairobi|",
    "Mombasa|Kampala|Kigali|Bujumbura|Kinshasa|Dar es Salaam|Mogadishu|Mogadiscio|Lagos|",
    "Abuja|Accra|Abidjan|Dakar|Bamako|Ouagadougou|Niamey|Freetown|Monrovia|Conakry|",
    "Yaounde|Yaoundé|Libreville|Luanda|Maputo|Harare|Lusaka|Johannesburg|Pretoria|",
    "Cape Town|Kapstadt|Durban|Antananarivo|Windhoek|Gaborone|N'Djamena|Bangui|Maiduguri|",
    "Beijing|Peking|Pékin|Pekín|Pechino|Пекин|Shanghai|Hong Kong|Hongkong|",
    "Guangzhou|Shenzhen|Wuhan|Taipei|Taipeh|Tokyo|Tokio|Токио|Osaka|Hiroshima|",
    "Fukushima|Seoul|Séoul|Seúl|Сеул|Pyongyang|Pjöngjang|Ulaanbaatar|",
    "New Delhi|Neu-Delhi|Nueva Delhi|Delhi|Mumbai|Bombay|Kolkata|Calcutta|Chennai|",
    "Bangalore|Bengaluru|Hyderabad|Lucknow|Srinagar|Jammu|Patna|Ahmedabad|Pune|Islamabad|",
    "Karachi|Lahore|Peshawar|Quetta|Kabul|Кабул|Kandahar|Dhaka|Colombo|Kathmandu|",
    "Thimphu|Male|",
    "Bangkok|Phnom Penh|Hanoi|Hanói|Ho Chi Minh City|Vientiane|Yangon|Rangoon|Naypyitaw|",
    "Kuala Lumpur|Singapore|Singapur|Singapour|Jakarta|Bali|Manila|Manille|Dili|",
    "Bandar Seri Begawan|",
    "Sydney|Melbourne|Canberra|Brisbane|Perth|Adelaide|Darwin|Hobart|Wellington|Auckland|",
    "Christchurch|Port Moresby|Suva|United Nations|Vereinte Nationen|Naciones Unidas|",
    "Nations Unies|",
    NULL};

static const char *const regions[] = {
    "Ala.|Alaska|Ariz.|Ark.|Calif.|Colo.|Conn.|Del.|D.C.|DC|Fla.|Ga.|Hawaii|Idaho|Ill.|",
    "Ind.|Iowa|Kan.|Kans.|Ky.|La.|Maine|Md.|Mass.|Mich.|Minn.|Miss.|Mo.|Mont.|Neb.|Nebr.|",
    "Nev.|N.H.|N.J.|N.M.|N.Y.|N.C.|N.D.|Ohio|Okla.|Ore.|Oreg.|Pa.|Penn.|R.I.|S.C.|S.D.|",
    "Tenn.|Texas|Tex.|Utah|Vt.|Va.|Wash.|W.Va.|W. Va.|Wis.|Wisc.|Wyo.|AL|AK|AZ|AR|CA|CO|",
    "CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|",
    "OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|Alabama|Arizona|Arkansas|California|",
    "Colorado|Connecticut|Delaware|Florida|Georgia|Illinois|Indiana|Kansas|Kentucky|",
    "Louisiana|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|",
    "Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|",
    "North Dakota|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|",
    "Tennessee|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Puerto Rico|",
    "ON|QC|BC|AB|Ont.|Que.|B.C.|Alta.|Man.|Sask.|N.S.|N.B.|Ontario|Quebec|Alberta|",
    "Manitoba|Saskatchewan|Nova Scotia|England|Scotland|Wales|Northern Ireland|UK|U.K.|",
    "Ireland|France|Germany|Spain|Italy|Switzerland|Austria|Belgium|Netherlands|Sweden|",
    "Norway|Denmark|Finland|Poland|Russia|Ukraine|Turkey|Greece|Israel|Egypt|Iraq|Iran|",
    "Syria|Lebanon|Jordan|Saudi Arabia|West Bank|Gaza Strip|India|Pakistan|Afghanistan|",
    "Bangladesh|China|Japan|South Korea|North Korea|Taiwan|Thailand|Vietnam|Indonesia|",
    "Malaysia|Philippines|Australia|New Zealand|South Africa|Kenya|Nigeria|Ethiopia|",
    "Uganda|Mexico|Brazil|Argentina|Chile|Colombia|Peru|Venezuela|Cuba|Canada|Honduras|",
    "Guatemala|El Salvador|Nuevo León|Jalisco|Colo|Conn|Calif|Mass|Texas|",
    NULL};

enum { PLACE_BYTES = 40 }; // more than any name in the tables has

// ASCII letters match in any case, others as printed. Every name ends with a bar.
static bool in_names(const char *const *rows, nx_str name)
{
    for (; *rows != NULL && name.n > 0 && name.n <= PLACE_BYTES; rows++) {
        for (const char *item = *rows, *bar; (bar = strchr(item, '|')) != NULL; item = bar + 1) {
            if (nx_str_eq_nocase(nx_str_make(item, (size_t)(bar - item)), name)) {
                return true;
            }
        }
    }
    return false;
}

bool nx_is_place(nx_str name)
{
    return in_names(cities, name);
}

bool nx_is_region(nx_str name)
{
    return in_names(regions, name);
}
