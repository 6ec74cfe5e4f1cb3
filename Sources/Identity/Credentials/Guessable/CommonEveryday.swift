extension CommonWords {
  static let everyday = """
    january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday spring summer summertime autumn winter season seasons morning noon afternoon evening midnight night nights today tomorrow
    yesterday day days week weeks month months year years century moment minute second hour hours time times clock calendar date
    red green blue yellow black white brown gray grey purple pink violet indigo turquoise cyan magenta scarlet crimson color colors colour
    rainbow shiny bright dark darkness light lightning thunder thunderbolt storm storms stormy rain rainy snowball snowman snowflake icecold
    winterland cloudy sunny sunset sunrise sunflower moonlight moonshine moon stars star starlight starfish galaxy universe cosmos space
    spaceship rocket rockets planet planets earth mars venus jupiter saturn uranus neptune pluto comet meteor asteroid eclipse orbit gravity
    ocean oceans sea seaside beach beaches island islands river rivers lake lakes water waterfall wave waves surfing surfer surf sailor sailing
    boat ship ships anchor captain pirate treasure mountain mountains hill valley canyon desert forest jungle garden gardens flower flowers
    rose roses lily tulip daisy orchid lotus jasmine lavender magnolia poppy iris marigold tree trees oak maple pine willow cedar birch leaf
    leaves grass field meadow farm farmer village town city cities country countries world worldwide worldcup street avenue road roads highway
    bridge bridges tower towers castle castles palace house houses home homes homesweethome apartment building room bedroom kitchen bathroom
    window door doors floor ceiling roof wall walls table tables chair chairs sofa bed pillow blanket carpet lamp mirror picture pictures
    cat cats kitty kitten kittens kitkat dog dogs doggy puppy puppies rabbit rabbits bunny bunnies hamster hamsters mouse turtle turtles
    parrot canary pigeon eagle eagles falcon falcons hawk hawks raven ravens crow owl owls swan duck ducks ducky goose chicken chickens
    rooster turkey penguin penguins peacock flamingo bird birds birdie fish fishes fishing fisher dolphin dolphins whale whales shark sharks
    octopus lobster crab shrimp salmon tuna trout bear bears teddybear polarbear grizzly panda pandas koala kangaroo lion lions lioness tiger
    tigers tigger cheetah leopard jaguar panther panthers puma cougar wolf wolves wolfpack coyote fox foxes foxy horse horses pony unicorn
    unicorns zebra giraffe elephant elephants rhino hippo buffalo bull bulls bulldog bulldogs cow cows calf pig pigs piggy piglet sheep lamb
    goat donkey mule camel deer moose reindeer squirrel beaver badger hedgehog raccoon skunk otter monkeys gorilla chimpanzee ape baboon snake
    snakes python cobra viper rattlesnake crocodile alligator lizard dinosaur dinosaurs frog frogs froggy toad spider spiders scorpion bee bees
    honeybee wasp butterfly dragonfly ladybug beetle cricket ant ants worm snail phoenix griffin pegasus mermaid fairy elf elves dwarf giant
    troll ogre goblin titan titans zeus apollo athena hera hermes hercules achilles odin loki freya ragnar viking vikings spartan spartans
    sparta trojan trojans gladiator caesar cleopatra napoleon alexander lincoln washington jefferson kennedy reagan clinton obama trump
    einstein newton darwin mozart beethoven bach chopin picasso davinci michelangelo shakespeare hamlet romeoandjuliet macbeth othello
    school schools student students teacher teachers college university professor lesson homework science physics chemistry biology math maths
    mathematics history geography english french german spanish italian russian chinese japanese language languages letter letters word words
    book books reader reading library story stories novel poem poetry paper papers pencil pens pen notebook music musical musician guitar
    guitars guitarist piano pianist violin drums drummer trumpet saxophone flute song songs singer singing dance dancer dancing dancer
    ballet opera theater theatre movie movies cinema film films actor actress hollywood bollywood disney disneyland television radio camera
    photo photos photography picture video videos art artist artists painter painting design designer designs creative creation creator
    doctor doctors nurse hospital medicine medical dentist pharmacy health healthy healer lawyer lawyers police policeman cop officer fireman
    firefighter soldier soldiers army navy marine marines airforce military veteran sniper commander general colonel major sergeant
    lieutenant private trooper ranger rangers hunter hunters hunting shooter shooting gun guns rifle pistol bullet bullets bomb bomber tank
    sword swords blade blades knife dagger arrow archer shield armor fight fighter fighters fighting battle battles war wars peace victory
    car cars carcar truck trucks trucker bus taxi train trains railway airplane airplanes aircraft plane planes pilot pilots airport flight
    flying fly helicopter bike bikes biker bicycle motorcycle motorbike scooter racing racer race racecar driver drivers driving engine
    engines turbo nitro diesel gasoline ferrari lamborghini porsche mercedes benz audi volkswagen volvo toyota honda nissan mazda subaru
    mitsubishi suzuki yamaha kawasaki ducati harley harleydavidson chevrolet chevy camaro corvette mustang ford dodge viper jeep cadillac
    buick pontiac chrysler tesla bentley rollsroyce jaguar landrover rangerover maserati bugatti lexus hyundai renault peugeot citroen fiat
    skoda opel lada formula nascar
    sport sports sporty athlete athletics runner running run marathon jump jumper jumping swim swimmer swimming diver diving skate skater
    skateboard skating ski skiing skier snowboard boxing boxer wrestling wrestler karate judo taekwondo kungfu yoga fitness gym gymnast
    workout muscle muscles strong stronger strongest strength power powerful powers powerman energy force forces speed speedy fast faster
    fastest quick quicker rapid slow turbo rocket volleyball softball rugby cricket lacrosse badminton bowling billiards poker chess checkers
    casino jackpot gambling lottery dice cards aces ace joker spades hearts clubs goalkeeper striker defender midfielder coach champion
    steelers cowboys packers patriots broncos raiders redskins dolphins giants eagles yankees dodgers braves cubs mets cardinals tigers
    lakers celtics bulls knicks heat rockets spurs warriors cavaliers pistons redwings penguins blackhawks bruins canucks flyers gators
    longhorns tarheels buckeyes wolverines badgers huskies chelsea liverpool everton tottenham celtic benfica porto ajax juventus milan
    napoli roma lazio fiorentina sevilla atletico bayern schalke dortmund werder santos flamengo boca riverplate ronaldo ronaldinho messi
    neymar beckham rooney zidane maradona pele kobe lebron jordan shaquille federer nadal djokovic serena tyson hamilton schumacher senna
    """

  static let things = """
    able about above accept account action active actor adventure advice again against agency agent ahead alarm album alien alive alone
    amazing ambition ancient android angelic anger angry animal animals answer antique anybody anyway apart apartment appeal appetite area
    argue arrive article aspect assist attack attempt attention attitude author autumn avatar award awesome babylon bachelor back backdoor
    background backpack backward balance balloon bamboo band bandit banner barrel base basement basic basket bassman bath battery beacon
    beautiful beauty become before begin beginning behind believe believer below benefit best better between beyond bigger biggest biscuit
    bitter blaze blessed blessing blind blink blizzard block blonde blondie blood bloody blossom blown board body bold bonus bottle bottom
    boundary bounty boxcar brain brainstorm branch brand brave bread break breakfast breath breathe breeze brick bride brilliant bring broken
    broker brother browser bubble bubbles bucket buddha buddy bueno builder bundle burning butler button buyer cable cactus cadet cake
    camping campus cancel cancer candle cannabis cannon canyon capital capricorn caramba caravan carbon career careful carnival carpenter
    carrot cartoon casper castaway catalog catch cavalier celebrity center central certain chain challenge chamber champ chance changes
    channel chaos chapter character charge charity charm charmed chaser cheat cheeky cheers cheesecake chemical chicago chicken chief child
    children chill chimney chipmunk chips choice choose chopper chosen church cigarette circle circus citizen civic classic classified
    classroom clean clear clever cliff climb clinic close closed closet cloud clouds clover clown cluster coach coast cobalt cockpit coconut
    collect collection collector combat combo comedy comet comfort comic comics command comment common community compass complete complex
    concept concert concord concrete condor confident connect connection conquer console constant contact content contest continue contract
    control cookie cool cooldude cooler coolest coolman corner correct cosmic cosmo cotton council count counter couple courage course court
    cover cowboy cowgirl coyote crash crazy crazyman cream create cricket crime criminal cripple crisis critical cross crossbow crown crucial
    cruise crush cuddles culture curious current curtain curve custom cutie cutiepie cycle daily damage dancer danger dangerous daredevil
    darkangel darkknight darkman darkness darkside data daughter daydream deadline deadly deadman deal death debate decade decide decision
    deep defense degree delete delicious delight deliver demand dentist depend desire destroy destroyer detail detective diary different
    digital dinner direct direction dirty disaster disco discover discovery dispatch distance divine dixie dizzy doctor dodger dollhouse
    domino donkey doomsday double dozen dragonfly dragons drama dream dreamer dreamers dreaming dreams dress drift drink drive drop dude
    dungeon dynamic dynamite dynasty eager early earring earth easily easy eating echo eclipse economy edition education effect effort eight
    eighteen electric electro element elements eleven emerald emergency emotion emperor empire enemy energy engage engineer engineering
    enigma enjoy enough entertain entrance environment episode equal equinox escape essence estate eternal evening event everest every
    everybody everyday everyone evidence evil evolution exact exam excalibur excellent except exchange excited exercise exhibit exist exit
    exotic expert explore explorer explosion express extra extreme eyes fabulous face factor fail fairytale faithful fallen falling fame
    familiar famous fanatic fantasia fantastic fantasy fashion father fatboy fatcat favor favorite fear fearless feather feedback feeling
    fellow female fender fever fiction field fiesta fifteen fifty figure fighter final finally finder fine finger finish fire fireball
    firebird firefly firefox fireman firestorm firework first fisherman flame flames flash flashback flat flight flipper floppy flow fluffy
    flyer focus follow food foolish foot force forecast foreign forest forget forgive formal format former fortune forty forum forward
    fossil founder fountain four fourteen fragile frame freak freaky fred free freebird freeman freeway freeze french frequency fresh
    friendly friendship frontier frost frosty frozen fruit fucked full funky funny funnyman furious furniture future fuzzy gadget galaxies
    gangsta gangster garage garbage garfield gateway gather gemini gender general generation generic genesis genetic genius gentle gentleman
    genuine getaway ghetto giggle giggles gizmo glacier gladiator glamour glass glitter global glory glow goddess going goldeneye goldstar
    good goodboy goodgirl goodies goofy google gorgeous gothic government graceful grade graduate grand grandma grandmother grandpa graphics
    grateful gravity great greatest grinder gringo grizzly groove groovy ground group grumpy guard guess guide guilty gypsy habit hacked
    hairy half hammer hammers handle handsome handy happen happiness happy happyday happyface happyfeet happylife happyman harbor hardcore
    hardrock harmony harvest hate hatred haunted haven havoc head headache heart heartbeat heartbreak heartless hearts heavy heavenly
    height helicopter hellfire helmet help helper helpless helpme hendrix heritage hidden highland highlander highlife highschool hippie
    hitman hobby hola hollow holy homeboy homeless homer honest honesty honor hooligan hopeful hopeless horizon horror hotdog hotel hothot
    hotrod hotshot hotstuff hound human hundred hungry hunter hurricane hustle hustler hybrid hydrogen hypnotic iceberg icecube iceman idea
    ideal identity ignite illusion image imagination imagine immortal impact imperial import important impossible improve impulse incredible
    independent indian indigo industry inferno infinite info information inner innocent insane insanity inside inspire inspiration instant
    insurance integrity intelligence intense interest interesting interior internal international intruder invader invisible iron island
    jackass jacket jackpot jamaican jazz jealous jellybean jellyfish jelly jester jewel jewels jingle jojo joker jolly journal journey
    joyful juice juicy juggernaut jumbo jungle junior jupiter justme kamikaze karma kernel kicker kickass kickme kids kill killbill killme
    kind kindness kingdom kingfisher kings kinky kissme kisses kisskiss kiss knight knock knowledge labrador ladies lady lambert land laser
    last lastone latest latin laugh laughing launch lavender leader leadership league learn learning leather legacy legal legion legolas
    leisure leopard lesbian letters level liberal library life lifeguard lifestyle lifetime lighthouse lights limited lincoln lionheart
    liquid listen little littleman live lively living loaded lobster logic logical loki lollipop lollypop loneliness lonely lonestar
    lonewolf long longhair looking looser lord lost lottery loud lovable lovebird lovebug loved lovehate lovehurts lovelife loving lowrider
    loyal loyalty luckycharm luckydog luckyman luckystar lunatic lust luxury machine machines madman madness mafia magic magical magician
    magnet magnetic magnum mailbox mailman main majestic major maker malibu mammoth manager mankind mansion marble margarita mariner market
    marriage married marshal marshmallow marvel massive master masterchief mastermind masterpiece masters match material maverick maximum
    mayhem maze meaning mechanic medal media medusa mega megaman memory memories mental mentor menu mercy merlin message messenger meteor
    method middle midnight mighty milk milkshake millennium mind mindless mine minimum minister minority minus miracle misery misfit mission
    mister mistress mobile model modern mojo molecule monday monkeyman monster monsters monument moonbeam moondog mother motion motivation
    motor mountain movement muffin mustard mutant mystery mystic mystical myth mythology naked nascar nation national native natural nature
    naughty navigator necklace needle negative neighbor nemesis neptune nervous neutral neutron newborn newlife newman newport news newspaper
    newton nice niceguy nickel nightfall nighthawk nightmare nightshade nightwing nighttime nine nineteen ninety nitro noble noise nomad
    normal north northern norton notebook nothing notice novel nuclear number numbers nuts oasis object obsession obvious october odyssey
    offer official often oldman oldschool olympic olympus once onion onlyone opening opera opinion optimus option oracle orange orbital
    orchid origin original orion orphan outdoor outlaw outside outstanding owner oxygen pacific package packard paintball paladin panic
    panties paradigm paradise paradox paranoid parent parents parking partner passion passionate passport past pastor patch path patience
    patriot pattern payback peaceful peanut peanuts peekaboo people perfect perfection perform performance perfume period permanent person
    personal perspective phantom phenomenon phoenix phone phonebook physical pickle pickles picnic piece pilgrim pimp pinball pinky pioneer
    pipeline pistol pitbull pixel place planet plastic platform play playball playboy player playful playground playtime please pleasure
    plumber pocket poetic poison polaris police policy polish politics polo pony poodle pookie poohbear poop popcorn popstar popular
    population porcelain porter portal position positive possible poster potato potential power powerhouse practice pray prayer preacher
    precious predator premium present pretty prettygirl prevent price pride priest primary prime primus printer priority prison prisoner
    privacy prize problem process produce professional progress project promise promised promote proof property prophet prosper prosperity
    proton protocol proud provider prowler psycho psychology psychic pulsar pumpkin punisher punk punkrock puppet pure purple purpose puzzle
    pyramid quality quantum quarter quartz queenbee quest question quiet quiz quota rabbit radiant radical rage ragnarok raider raiders
    railroad rainbows raindrop rainman rambler ranch random range ranger rascal reaction ready real reality reason rebel rebels recipe
    record recover recycle redemption redhead redhot redneck redline redwood reflection reggae regular relax release relentless reliable
    religion remember remix remote renegade rental repair replay request rescue research reserve resident respect response result retired
    retro return revenge reverse review revolution revolver reward rhythm ride rider riders right ringer ripper rising risk river riverside
    robot robots rock rocker rockets rockford rocking rockon roller rolling romance romantic rookie rooster rosebud rough round route rover
    royal royalty rubber ruler runaway rush rusty sabbath sable sacred sacrifice sadness safari sailing sailormoon saint saints salad salary
    sale saltwater salvation samurai sandman sandwich sapphire sarcasm satellite satisfaction saturn sausage savage save saved savior saving
    scarecrow scary schedule scholar scooby scorpio scorpion scotch scout scream screen script seagull search season second section secret
    secretlove seeker select senator senior sensation sense sensitive series serious serpent settle seven sevens seventeen seventy several
    shadows shaggy shake shaman shampoo shamrock share shark sharp shelter sheriff shift shine shining shirt shock shoes shooter shop
    shopping short shotgun shoulder shower shuttle sick side sierra signal silence silent silly silverado simple simply single sister
    sixteen sixty size skeleton skill skinny skipper skull skyhawk skyline skylight skyscraper slam slayer sleep sleeping sleepy slick
    slipknot slippery slowly small smart smartass smile smiles smiley smoke smoker smokey smooth snapper snapple sniper snoopy snowboard
    snuggles social society soda soft solar soldier solid solitude solo solution somebody sometimes somewhere sonic soul soulmate source
    south southern southpaw southside spark sparkle sparky sparrow special specialist spectrum spice spicy spike spirit spiritual splash
    spooky spotlight sprite spunky square squirrel squirt stadium stage stallion standard starbucks starfire stargate starship starter state
    static station status steady stealth steamer steel steelers stellar step sticky stiletto stone stones storage storm stormy straight
    strange stranger strategy strawberry stream street stress strike striker string stripper strong structure stubborn student studio stuff
    style subject sublime subway success successful sudden suicide suitcase summit sundance sundown sunlight sunrise super superb superior
    superpower supersonic support supreme surfer surprise surrender survival survive survivor suspect sweden sweetiepie sweetness sweetpea
    swimming sword swordfish symbol symphony table tango tarantula target tarzan taurus tchaikovsky teacher teamwork teapot technical
    technician techno technology teenager telephone temple temptation ten tequila terrible terror theory therapy thirteen thirty thought
    thousand three thriller thumper thunder thunderbird thursday ticket tickle tinker tiny titanic title toasted tobacco toffee together
    tomato tombstone tomcat toolbox tornado tortoise total touch touchdown tough tourist toxic toyota tractor trade trader tradition traffic
    tragedy trailer training trance transfer transport travel traveler traveller treasure trees triangle tribal trick tricky trigger trinity
    trip triple triumph trouble trucker true truelife trumpet truth tsunami tucker tuesday tunnel turbo turner tweety twelve twenty twilight
    twins twister ultimate ultra umbrella uncle under underdog underground understand undertaker unicorn union unique unit united unity
    universal university unlimited unreal upgrade uptown urban useful usual vacuum valiant valid valley valuable value vampires vanguard
    variety vegas vegeta vegetable velocity velvet vengeance venom venture verify versace version vertigo veteran vibration victim victory
    video view viking village villain vintage violence violet viper virgin virginia virgo virtual virus vision vital vivid voice volcano
    voltage volunteer volvo voodoo vortex voyage voyager vulture wallet walker walking walnut walrus wanderer wanted warcraft warehouse
    warhammer warlock warning warrior watcher watching watchdog watchman watson wealth weapon weather wedding weed weird welcome western
    wheels whisper whistle whiteboy whitey wicked wide widow wild wildcard wildcat wildcats wildfire wildlife wildone wildwolf window wings
    winning winter winston wireless wisdom wishes wonder wonderful wonderland woodland woodpecker woodstock woody worker working workshop
    worldly worthy wrangler wrestler wrong xfiles yahweh yamaha yellowstone yesterday yogibear young youngblood younger yourself youth yummy
    zealot zebra zephyr zigzag zodiac zombie zoology
    """
}
