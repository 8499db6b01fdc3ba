// places.c: see places.h. General knowledge: capitals, and cities news is filed from.
#include "corpus/places.h"

enum { NAME_MAX = 32 }; // bytes of the longest

// clang-format off
const char *const nx_cities[] = {
    "Abidjan", "Abu Dhabi", "Abuja", "Accra", "Addis Ababa", "Addis Abeba", "Adelaide", "Aden",
    "Ahmedabad", "Albany", "Albuquerque", "Aleppo", "Alexandria", "Alger", "Algier", "Algiers",
    "Almaty", "Amman", "Amsterdam", "Ankara", "Antananarivo", "Antwerp", "Antwerpen", "Anvers",
    "Astana", "Asuncion", "Asunción", "Atenas", "Atene", "Athen", "Athens", "Athènes", "Atlanta",
    "Auckland", "Austin", "Bagdad", "Baghdad", "Baku", "Bali", "Baltimore", "Bamako",
    "Bandar Seri Begawan", "Bangalore", "Bangkok", "Bangui", "Barcelona", "Bari", "Basel", "Basra",
    "Beijing", "Beirut", "Belfast", "Belgrad", "Belgrade", "Belo Horizonte", "Bengaluru",
    "Benghazi", "Berlijn", "Berlin", "Berlino", "Berlín", "Bern", "Berna", "Berne", "Beyrouth",
    "Bilbao", "Birmingham", "Bishkek", "Bogota", "Bogotá", "Bologna", "Bombay", "Bonn", "Bordeaux",
    "Boston", "Brasilia", "Brasília", "Bratislava", "Bregenz", "Bremen", "Brisbane", "Bristol",
    "Brno", "Brooklyn", "Bruselas", "Brussel", "Brussels", "Bruxelles", "Brüssel", "Bucarest",
    "Bucharest", "Budapest", "Buenos Aires", "Bujumbura", "Bukarest", "Cairo", "Calcutta",
    "Calgary", "Cali", "Cambridge", "Canberra", "Cannes", "Cape Town", "Caracas", "Cardiff",
    "Casablanca", "Chennai", "Chicago", "Chisinau", "Christchurch", "Cincinnati",
    "Città del Vaticano", "Cité du Vatican", "Ciudad de México", "Ciudad del Vaticano", "Cleveland",
    "Cologne", "Colombo", "Conakry", "Copenhagen", "Culiacán", "Curitiba", "Dakar", "Dallas",
    "Damas", "Damasco", "Damascus", "Damaskus", "Dar es Salaam", "Darwin", "Davos", "Delhi",
    "Den Haag", "Denver", "Des Moines", "Detroit", "Dhaka", "Dili", "Diyarbakir", "Doha", "Donetsk",
    "Dortmund", "Dresden", "Dubai", "Dublin", "Dublino", "Dublín", "Durban", "Dushanbe",
    "Düsseldorf", "Edimburgo", "Edinburgh", "Edmonton", "Eindhoven", "Eisenstadt", "El Cairo",
    "El Paso", "Erbil", "Erfurt", "Essen", "Estambul", "Estocolmo", "Estrasburgo", "Filadelfia",
    "Firenze", "Florence", "Francfort", "Frankfurt", "Frankfurt/Main", "Freetown", "Fukushima",
    "Gaborone", "Gaza", "Gaza City", "Gdansk", "Gdańsk", "Geneva", "Genf", "Genoa", "Genova",
    "Genève", "Ginebra", "Ginevra", "Glasgow", "Gothenburg", "Granada", "Graz", "Grenoble",
    "Grozny", "Guadalajara", "Guangzhou", "Guatemala City", "Guayaquil", "Halifax", "Hamburg",
    "Hamburgo", "Hannover", "Hanoi", "Hanover", "Hanói", "Harare", "Havana", "Havanna",
    "Heidelberg", "Helsinki", "Hiroshima", "Ho Chi Minh City", "Hobart", "Hong Kong", "Hongkong",
    "Honolulu", "Houston", "Hyderabad", "Il Cairo", "Indianapolis", "Innsbruck", "Islamabad",
    "Istanbul", "Izmir", "Jakarta", "Jammu", "Jeddah", "Jerusalem", "Jerusalén", "Johannesburg",
    "Juba", "Jérusalem", "Kabul", "Kairo", "Kampala", "Kandahar", "Kapstadt", "Karachi",
    "Karlsruhe", "Kathmandu", "Kharkiv", "Khartoum", "Kiel", "Kiev", "Kiew", "Kigali", "Kingston",
    "Kinshasa", "Klagenfurt", "Kolkata", "Kopenhagen", "Krakow", "Kraków", "Kuala Lumpur", "Kuwait",
    "Kuwait City", "Kyiv", "Köln", "L'Aia", "La Habana", "La Haya", "La Haye", "La Paz", "Lagos",
    "Lahore", "Laibach", "Las Vegas", "Lausanne", "Le Caire", "Leeds", "Leipzig", "Libreville",
    "Lille", "Lima", "Linz", "Lisboa", "Lisbon", "Lisbonne", "Lissabon", "Liverpool", "Ljubljana",
    "Londen", "London", "Londra", "Londres", "Los Angeles", "Los Ángeles", "Luanda", "Lucknow",
    "Lusaka", "Luxembourg", "Luxemburg", "Luxemburgo", "Lviv", "Lyon", "Maastricht", "Madrid",
    "Magdeburg", "Maiduguri", "Mailand", "Mainz", "Male", "Malmö", "Managua", "Manama",
    "Manchester", "Manila", "Manille", "Maputo", "Marseille", "Marsella", "Mecca", "Medellín",
    "Medina", "Melbourne", "Memphis", "Mexico City", "Mexiko-Stadt", "Miami", "Milan", "Milano",
    "Milwaukee", "Milán", "Minneapolis", "Minsk", "Mogadiscio", "Mogadishu", "Mombasa",
    "Monaco di Baviera", "Monrovia", "Monterrey", "Montevideo", "Montreal", "Montréal", "Mosca",
    "Moscou", "Moscow", "Moscú", "Moskau", "Moskou", "Mosul", "Mumbai", "Munich", "Muscat",
    "Málaga", "México", "München", "N'Djamena", "Naciones Unidas", "Nairobi", "Nantes", "Naples",
    "Napoli", "Nashville", "Nations Unies", "Naypyitaw", "Neu-Delhi", "New Delhi", "New Orleans",
    "New York", "Niamey", "Nice", "Nicosia", "Nikosia", "Nova Iorque", "Nova York", "Nueva Delhi",
    "Nueva York", "Nürnberg", "Oakland", "Oaxaca", "Odessa", "Oklahoma City", "Orlando", "Osaka",
    "Oslo", "Ottawa", "Ouagadougou", "Oxford", "Palermo", "Pamplona", "Panama City", "Panamá",
    "Parigi", "Parijs", "Paris", "París", "Patna", "Pechino", "Peking", "Pekín", "Perth",
    "Peshawar", "Philadelphia", "Philadelphie", "Phnom Penh", "Phoenix", "Pittsburgh", "Pjöngjang",
    "Podgorica", "Port Moresby", "Port-au-Prince", "Portland", "Porto", "Porto Alegre", "Potsdam",
    "Prag", "Praga", "Prague", "Praha", "Pretoria", "Pristina", "Puebla", "Pune", "Pyongyang",
    "Pékin", "Quebec City", "Quetta", "Quito", "Québec", "Rabat", "Ramallah", "Rangoon", "Recife",
    "Rennes", "Reykjavik", "Riad", "Riga", "Rio", "Rio de Janeiro", "Riyadh", "Rom", "Roma", "Rome",
    "Rotterdam", "Sacramento", "Salt Lake City", "Salvador", "Salzburg", "San Antonio", "San Diego",
    "San Francisco", "San José", "San Juan", "San Salvador", "Sanaa", "Santiago",
    "Santiago de Chile", "Santo Domingo", "Sao Paulo", "Sarajevo", "Seattle", "Seoul", "Sevilla",
    "Seville", "Seúl", "Shanghai", "Shenzhen", "Simferopol", "Singapore", "Singapour", "Singapur",
    "Skopje", "Sochi", "Sofia", "Srinagar", "St Petersburg", "St. Louis", "St. Petersburg",
    "St. Pölten", "Stockholm", "Strasbourg", "Strasburgo", "Straßburg", "Stuttgart", "Suva",
    "Sydney", "São Paulo", "Séoul", "Taipeh", "Taipei", "Tallahassee", "Tallinn", "Tampa",
    "Tashkent", "Tbilisi", "Tegucigalpa", "Teheran", "Teherán", "Tehran", "Tel Aviv", "Tel-Aviv",
    "The Hague", "Thessaloniki", "Thimphu", "Tijuana", "Tirana", "Tokio", "Tokyo", "Toluca",
    "Torino", "Toronto", "Toulouse", "Tripoli", "Tunis", "Turin", "Téhéran", "Ulaanbaatar",
    "United Nations", "Utrecht", "Vaduz", "Valencia", "Valletta", "Vancouver", "Varsavia",
    "Varsovia", "Varsovie", "Vatican City", "Vatikanstadt", "Venezia", "Venice", "Veracruz",
    "Vereinte Nationen", "Viena", "Vienna", "Vienne", "Vientiane", "Vilnius", "Warsaw", "Warschau",
    "Warszawa", "Washington", "Wellington", "Wien", "Wiesbaden", "Windhoek", "Winnipeg",
    "Wolfsburg", "Wuhan", "Yangon", "Yaounde", "Yaoundé", "Yerevan", "Zagreb", "Zaragoza", "Zurich",
    "Zürich", "Ámsterdam", "Алма-Ата", "Анкара", "Астана", "Афины", "Багдад", "Баку", "Белград",
    "Берлин", "Бишкек", "Брюссель", "Будапешт", "Варшава", "Вена", "Владивосток", "Дамаск",
    "Донецк", "Екатеринбург", "Ереван", "Женева", "Иерусалим", "Кабул", "Казань", "Каир", "Киев",
    "Київ", "Лондон", "Львів", "Мадрид", "Минск", "Москва", "Новосибирск", "Одеса", "Париж",
    "Пекин", "Петербург", "Прага", "Рим", "Санкт-Петербург", "Сеул", "Симферополь", "Сочи",
    "Стамбул", "Ташкент", "Тбилиси", "Тегеран", "Токио", "Харьков", "أبوظبي", "أنقرة", "إسطنبول",
    "الجزائر", "الخرطوم", "الدمام", "الدوحة", "الرباط", "الرياض", "القاهرة", "القدس", "الكويت",
    "المدينة المنورة", "المنامة", "باريس", "برلين", "بروكسل", "بغداد", "بيروت", "تونس", "جدة",
    "جنيف", "دبي", "دمشق", "شنغهاي", "صنعاء", "طرابلس", "طهران", "عدن", "عمان", "غزة", "لندن",
    "مدريد", "مكة المكرمة", "موسكو", "نيويورك", "واشنطن", "上海", "北京", "台北", "東京", "香港",
};
const size_t nx_city_count = NX_COUNT(nx_cities);

const char *const nx_regions[] = {
    "AB", "Afghanistan", "AK", "AL", "Ala.", "Alabama", "Alaska", "Alberta", "Alemanha", "Alemania",
    "Allemagne", "Alta.", "AR", "Arabia Saudita", "Arabia Saudí", "Argentina", "Ariz.", "Arizona",
    "Ark.", "Arkansas", "Australia", "Austria", "AZ", "B.C.", "Bangladesh", "BC", "Belgium",
    "Brasil", "Brazil", "Burkina Faso", "CA", "Calif", "Calif.", "California", "Canada", "Chile",
    "China", "CO", "Colo", "Colo.", "Colombia", "Colorado", "Conn", "Conn.", "Connecticut",
    "Corea del Norte", "Corea del Sur", "Costa Rica", "CT", "Cuba", "Côte d'Ivoire", "D.C.", "DC",
    "DE", "Del.", "Delaware", "Denmark", "Deutschland", "Egypt", "El Salvador", "England", "España",
    "Estados Unidos", "Estados Unidos da América", "Etats-Unis", "Ethiopia", "Finland", "FL",
    "Fla.", "Florida", "France", "Francia", "Frankreich", "GA", "Ga.", "Gaza Strip", "Georgia",
    "Germany", "Greece", "Großbritannien", "Guatemala", "Hawaii", "HI", "Honduras", "Hong Kong",
    "IA", "ID", "Idaho", "IL", "Ill.", "Illinois", "IN", "Ind.", "India", "Indiana", "Indonesia",
    "Iowa", "Iran", "Iraq", "Ireland", "Israel", "Italia", "Italy", "Jalisco", "Japan", "Jordan",
    "Kan.", "Kans.", "Kansas", "Kentucky", "Kenya", "KS", "KY", "Ky.", "LA", "La.", "Lebanon",
    "Louisiana", "MA", "Maine", "Malaysia", "Man.", "Manitoba", "Maryland", "Mass", "Mass.",
    "Massachusetts", "MD", "Md.", "ME", "Mexico", "MI", "Mich.", "Michigan", "Minn.", "Minnesota",
    "Miss.", "Mississippi", "Missouri", "MN", "MO", "Mo.", "Mont.", "Montana", "MS", "MT", "México",
    "N.B.", "N.C.", "N.D.", "N.H.", "N.J.", "N.M.", "N.S.", "N.Y.", "NC", "ND", "NE", "Neb.",
    "Nebr.", "Nebraska", "Netherlands", "Nev.", "Nevada", "New Hampshire", "New Jersey",
    "New Mexico", "New York", "New Zealand", "NH", "Nigeria", "NJ", "NM", "North Carolina",
    "North Dakota", "North Korea", "Northern Ireland", "Norway", "Nova Scotia", "Nueva Zelanda",
    "Nuevo León", "NV", "NY", "OH", "Ohio", "OK", "Okla.", "Oklahoma", "ON", "Ont.", "Ontario",
    "OR", "Ore.", "Oreg.", "Oregon", "PA", "Pa.", "Pakistan", "Penn.", "Pennsylvania", "Peru",
    "Philippines", "Poland", "Puerto Rico", "QC", "Que.", "Quebec", "R.I.", "Regno Unito",
    "Reino Unido", "República Dominicana", "Rhode Island", "RI", "Royaume-Uni", "Russia", "S.C.",
    "S.D.", "Sask.", "Saskatchewan", "Saudi Arabia", "SC", "Schweiz", "Scotland", "SD",
    "Sierra Leone", "South Africa", "South Carolina", "South Dakota", "South Korea", "Spain",
    "Sri Lanka", "Stati Uniti", "Sweden", "Switzerland", "Syria", "Taiwan", "Tenn.", "Tennessee",
    "Tex.", "Texas", "Thailand", "TN", "Turkey", "TX", "U.K.", "Uganda", "UK", "Ukraine",
    "United Kingdom", "United States", "UT", "Utah", "VA", "Va.", "Venezuela", "Vereinigte Staaten",
    "Verenigd Koninkrijk", "Verenigde Staten", "Vermont", "Vietnam", "Virginia", "VT", "Vt.",
    "W. Va.", "W.Va.", "WA", "Wales", "Wash.", "Washington", "West Bank", "West Virginia", "WI",
    "Wis.", "Wisc.", "Wisconsin", "WV", "WY", "Wyo.", "Wyoming", "États-Unis", "Österreich",
    "Беларусь", "Казахстан", "Россия", "США", "Украина",
};
const size_t nx_region_count = NX_COUNT(nx_regions);
// clang-format on

// ASCII letters match in any case, others as printed.
static int compare(nx_str name, const char *row)
{
    for (size_t i = 0; i < name.n; i++) {
        unsigned char a = (unsigned char)nx_lower(name.p[i]);
        unsigned char b = (unsigned char)nx_lower(row[i]); // its NUL ends the comparison
        if (a != b || b == '\0') {
            return a < b ? -1 : 1;
        }
    }
    return row[name.n] == '\0' ? 0 : -1;
}

static bool in_names(const char *const *names, size_t count, nx_str name)
{
    size_t low = 0, high = name.n <= NAME_MAX ? count : 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = compare(name, names[mid]);
        if (c == 0) {
            return name.n > 0;
        }
        if (c < 0) {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    return false;
}

bool nx_is_place(nx_str name)
{
    return in_names(nx_cities, nx_city_count, name);
}

bool nx_is_region(nx_str name)
{
    return in_names(nx_regions, nx_region_count, name);
}
