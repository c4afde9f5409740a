"""Word lists from which names on the simulated platform are made."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


ADJECTIVES = _words("""
Midnight, Velvet, Neon, Golden, Broken, Silent, Crimson, Frozen, Hollow, Electric, Lunar, Paper,
Distant, Faded, Concrete, Sapphire, Burning, Lost, Silver, Bitter, Cold, Violet, Restless, Quiet,
Amber, Static, Crystal, Wild, Sacred, Lonely, Heavy, Blue, Ghost, Chrome, Vintage, Dusty, Slow,
Smoky, Tropical, Northern, Southern, Rusty, Hidden, Liquid, Savage, Gentle, Royal, Sunday, Late,
Endless, Foreign, Digital, Analog, Emerald, Scarlet, Ivory, Onyx, Pale, Deep, Hazy, Sleepless,
Reckless, Fearless, Heartless, Weightless, Timeless, Wired, Stolen, Borrowed, Forgotten, Sunken,
Tangled, Painted, Shattered, Gilded, Feral, Moonlit, Starlit, Rainy, Foggy, Humid, Crooked
""")

NOUNS = _words("""
Cassette, Harbor, Skyline, Avenue, Mirage, Shadows, Embers, Signal, Letters, Motel, Highway,
Rooftop, Garden, Oracle, Diamonds, Smoke, Ritual, Mirror, Horizon, Echoes, Polaroid, Balcony,
Subway, Thunder, Lanterns, Empire, Gravity, Satellite, Vapor, Riviera, Cathedral, Phantom, Tides,
Wolves, Ashes, Serpent, Halo, Voltage, Monsoon, Orchid, Cobra, Marble, Basement, Parade, Carousel,
Jungle, Desert, Glacier, Canyon, Boulevard, Arcade, Vinyl, Static, Tunnel, Summit, Lullaby,
Requiem, Prayer, Promise, Distance, Memory, Fever, Hourglass, Compass, Anchor, Feathers, Roses,
Daggers, Crown, Throne, Kingdom, Penthouse, Corner, Projects, Bridges, Windows, Lights, Nights,
Dreams, Tears, Waves, Palms, Pearls, Telescope, Origami, Typhoon, Tempo, Silhouette, Sirens,
Runway, Passport, Portal, Panther, Falcon
""")

SINGLE_TITLES = _words("""
Overdrive, Nightfall, Afterglow, Insomnia, Euphoria, Paranoia, Demons, Wishlist, Ransom, Blackout,
Homesick, Undertow, Moonwalk, Freefall, Daybreak, Deadline, Vertigo, Nostalgia, Karma, Hustle,
Checkmate, Bando, Opps, Glide, Drift, Ascend, Rewind, Backseat, Snowfall, Sunkissed, Lagos,
Havana, Kyoto, Marseille, Brixton, Toronto, Medellín, Accra, Solstice, Equinox, Zenith, Nebula,
Prodigal
""")

PLACES = _words("""
Tokyo, Lagos, the Bronx, Montréal, Kingston, Atlanta, Marrakesh, the Valley, Lisbon, Accra, Oslo,
the Hills, Brooklyn, São Paulo, the Rain, the Dark, the City, Paradise, Slow Motion, Another Life,
My Head, the Backroom, Cairo, Havana, Detroit, the Mirror, High Tide, the Lobby, Zone 6, Berlin
""")

STAGE_FIRST = _words("""
Nova, Kilo, Echo, Jinx, Sable, Orion, Vex, Lumen, Koda, Zephyr, Rook, Indigo, Onyx, Juno, Tempest,
Marlo, Cass, Dante, Mako, Soleil, Ezra, Kairo, Wren, Blaze, Sonny, Atlas, Yuki, Remy, Idris, Luca,
Amara, Tayo, Mina, Rafa, Noor, Silas, Bex, Cleo, Odin, Kenji
""")

STAGE_LAST = _words("""
Beats, Keys, On The Track, 808, Productions, Wavez, Sounds, Loops, Made It, Cooks, Vega, Moreau,
Okafor, Laurent, Santos, Kimura, Reyes, Bright, Stone, Fox, Winters, Marsh, Cole, Rivers, Blanc,
Grey, Nakamura, Adeyemi, Lindqvist, Duarte
""")

FIRST_NAMES = _words("""
Jordan, Alex, Maya, Liam, Noah, Emma, Olivia, Zoe, Ethan, Lucas, Amina, Fatou, Kwame, Chidi, Ines,
Mateo, Sofia, Diego, Camila, Hugo, Chloé, Léa, Jules, Elif, Emre, Priya, Arjun, Mei, Wei, Haruto,
Sakura, Jin, Minji, Omar, Layla, Yusuf, Nadia, Ivan, Katya, Tomasz, Ola, Lars, Freya, Anders,
Aria, Malik, Tyrone, Keisha, Devon, Jasmine, Marcus, Andre, Bianca, Rosa, Pablo, Ravi, Leila, Sam,
Robin
""")

LAST_NAMES = _words("""
Blake, Carter, Mensah, Okoye, Diallo, Tremblay, Gagnon, Roy, Silva, Costa, Rossi, Bianchi, Müller,
Schmidt, Novak, Kowalski, Jensen, Nilsson, Haddad, Rahman, Khan, Patel, Singh, Chen, Wang, Tanaka,
Sato, Kim, Park, Nguyen, Tran, Lopez, Garcia, Ramirez, Torres, Johnson, Williams, Brown, Davis,
Thompson, Martin, Bernard, Petit, Dubois, Yilmaz, Demir, Ivanova, Petrov, Osei, Boateng
""")

HANDLE_ENDINGS = _words("music, raps, vocals, 99, 808, wav, mp3, sings, flow, bars, official, ink")

CITIES = (
    ("Montréal", "Canada"),
    ("Toronto", "Canada"),
    ("Atlanta", "United States"),
    ("Brooklyn", "United States"),
    ("London", "United Kingdom"),
    ("Paris", "France"),
    ("Marseille", "France"),
    ("Berlin", "Germany"),
    ("Lisbon", "Portugal"),
    ("Lagos", "Nigeria"),
    ("Accra", "Ghana"),
    ("São Paulo", "Brazil"),
    ("Tokyo", "Japan"),
    ("Sydney", "Australia"),
    ("Stockholm", "Sweden"),
    ("Amsterdam", "Netherlands"),
)

MOOD_TAGS = _words("""
dark, chill, sad, hard, melodic, bouncy, aggressive, dreamy, nostalgic, uplifting, romantic,
gritty, ambient, energetic, cinematic, late night, summer, emotional, smooth, hypnotic
""")

SOUND_TAGS = _words("""
piano, guitar, 808, strings, flute, choir, vinyl, synth, bells, sample, brass, saxophone, rhodes,
vocal chops, pluck, organ, kalimba, talking drum, violin, harp
""")

DESCRIPTIONS = (
    "{mood} {genre} beat built around {sound}. Stems included with every premium licence.",
    "Recorded late at night with {sound} and a worn-out tape machine. {genre}, {bpm} BPM.",
    "{genre} instrumental with {sound}. Tag me when you release, I repost everything.",
    "A {mood} one. {sound} up front, drums kept simple so the vocal has room.",
    "Made in one session. {genre} drums, {sound} and a lot of space for hooks.",
)

BIOS = (
    "Producer from {city}. {genre} and everything around it since {year}.",
    "{city} based. Placements welcome, custom work on request. {genre} / {other}.",
    "I make {genre} for artists who write their own stories. New beats every week.",
)

ALBUM_FORMS = (
    "{adjective} {noun}",
    "{noun} Tapes",
    "The {adjective} Pack",
    "{noun}, Vol. {number}",
    "{genre} Sessions {number}",
    "Songs for {place}",
    "{adjective} {noun} EP",
    "{noun} & {adjective} Drums",
    "After the {noun}",
    "{genre} from {place}",
)
