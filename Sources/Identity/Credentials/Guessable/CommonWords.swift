// The words people reach for when they are asked for a password, as guessing programs know them. Lower case, letters only: repetition, digits,
// years, punctuation, capitals and the usual replacements (`pa$$w0rd`) are dealt with by `GuessablePassword`, so they need no lines here.

/// The lists in all their readings, made once.
package enum CommonWords {
  package static let all: Set<String> = {
    let english =
      words(in: passwords) + words(in: phrases) + words(in: names) + words(in: places) + words(in: everyday)
      + words(in: things)
    let russian = words(in: russianWords) + words(in: russianNames)
    // A Russian word typed while the keyboard was set to English is as well known as the word itself: `gfhjkm`.
    return Set(english + russian + russian.map(KeyboardLayout.typedOnEnglishKeys) + russian.map(KeyboardLayout.transliterated))
      .filter { $0.unicodeScalars.count >= 3 }
  }()

  /// Small words that hold others together; a few of them make nothing unguessable.
  static let fillers: Set<String> = Set(
    words(
      in:
        "a i u my me we us is am be it its in on at to of by or do the and for new our you your not now one two love loves like with from this that are was has had мой моя мое мои моё я ты мы это и в на с у не мне меня люблю твой новый новая"
    ))

  static func words(in list: String) -> [String] { list.split(whereSeparator: \.isWhitespace).map(String.init) }
}

extension CommonWords {
  private static let passwords = """
    password passwort passwd pass passcode passphrase passkey secret secrets topsecret private access admin administrator administration root
    toor superuser sysadmin system sysop user username users guest test tester testing tests demo sample example default changeme change
    changeit changethis letmein letme welcome welcomes hello hallo hola bonjour ciao login logon logout signin signup signon enter entry open
    opensesame sesame master masterkey keymaster monkey dragon football baseball basketball soccer hockey golf tennis iloveyou ilovejesus
    iloveu loveyou loveme lovely lover lovers trustno trustme trust nobody nothing whatever anything something everything someone anyone
    shadow sunshine princess prince queen king charlie michael jordan superman batman spiderman ironman hulk thor wolverine deadpool starwars
    startrek skywalker vader darth yoda jedi sith matrix neo trinity morpheus zion gandalf frodo bilbo hobbit mordor sauron legolas aragorn
    harry potter hermione hogwarts dumbledore voldemort gryffindor slytherin pokemon pikachu charizard naruto sasuke sakura goku vegeta
    dragonball minecraft fortnite roblox pubg warcraft starcraft diablo zelda mario luigi sonic tetris pacman sims skyrim halo doom quake
    counterstrike callofduty battlefield overwatch leagueoflegends dota valorant apex gta playstation xbox nintendo switch gamer gamers game
    games gaming player players ninja samurai pirate pirates warrior warriors knight knights wizard wizards witch vampire zombie zombies
    dracula phantom ghost ghosts demon demons devil devils angel angels heaven hell lucifer satan jesus christ jesuschrist christian god
    godisgood godislove goodluck lucky luckyone freedom liberty justice peace forever forevermore always never eternity infinity destiny
    killer killers hacker hackers hacking cracker lamer elite leet anonymous cyber cyberpunk internet network server servers computer
    computers laptop desktop keyboard mouse monitor printer scanner router firewall modem wireless wifi bluetooth android iphone ipad apple
    samsung nokia motorola huawei xiaomi sony google gmail yahoo hotmail outlook microsoft windows office linux ubuntu debian redhat fedora
    centos docker kubernetes oracle mysql postgres postgresql sqlite database databases mongodb redis elastic kafka nginx apache tomcat java
    javascript python ruby golang swift rust perl pascal fortran cobol basic visualbasic program programmer programming developer developers
    development develop software hardware firmware website webmaster web webadmin blog facebook twitter instagram youtube tiktok snapchat
    linkedin whatsapp telegram skype zoom slack github gitlab jira confluence wordpress joomla drupal amazon netflix spotify adobe photoshop
    cisco juniper intel nvidia radeon dell lenovo toshiba panasonic siemens bosch philips vodafone telekom verizon comcast
    abc abcd abcde abcdef abcdefg qwe qwer qwert qwerty qwertz azerty qazwsx qazwsxedc asd asdf asdfg asdfgh zxc zxcv zxcvb zxcvbn zaq zaqxsw
    poiuy poiuytrewq lkjhg mnbvc mnbvcxz qweasd qweasdzxc asdqwe zxcasdqwe wasd yxcvb dvorak colemak
    fuckyou fuck fucker fucking fuckoff fuckme shit shithead bullshit bitch bitches asshole bastard damn dammit crap suck sucks pussy sexy
    sex sexsex hot hottie babe babes baby babyboy babygirl babylove boobs penis vagina naked porn horny slut whore stupid idiot moron loser
    losers winner winners champion champions legend legends hero heroes boss bigboss bigdog bigdaddy daddy daddys papa mama mommy mummy mother
    father dad mom mum brother sister family friend friends bestfriend bestfriends girlfriend boyfriend husband wife hubby wifey darling honey
    honeybunny sweet sweetie sweetheart sweety sugar candy cookie cookies cupcake muffin chocolate vanilla caramel peaches cherry strawberry
    blueberry banana apples orange oranges lemon lime mango pineapple coconut watermelon kiwi grape grapes melon pumpkin pepper ginger cheese
    butter bacon burger pizza pasta spaghetti sushi taco tacos nachos noodles pancake waffles donut icecream coffee espresso cappuccino tea
    beer vodka whiskey whisky tequila rum wine champagne cocktail drink drunk party partytime weekend holiday holidays vacation birthday
    happybirthday christmas xmas newyear halloween easter valentine thanksgiving merrychristmas
    security secure secured secureme safe safety protect protected protection defender guardian shield lock locked unlock locker key keys
    keyword code codes codeword crypto cipher encrypt encrypted decrypt hash token backup recovery restore reset temp temporary temppass
    trial beta alpha gamma delta omega sigma theta epsilon lambda zero null void undefined none empty blank unknown anonymus public local
    localhost domain intranet extranet remote vpn ssh ftp telnet http https smtp pop imap ldap kerberos radius service services support
    helpdesk operator operators manager management managers supervisor director president secretary accountant accounting finance financial
    sales marketing purchase purchasing business businesses company corporate corporation enterprise organization organisation customer
    customers client clients partner partners vendor supplier contractor consultant employee employees staff team teams department division
    office offices branch headquarters factory warehouse logistics shipping delivery order orders invoice invoices payment payments payroll
    budget bank banking banker money moneymoney cash credit creditcard debit dollar dollars euro euros pound bitcoin ethereum dogecoin wallet
    million millions millionaire billion rich richie bling gold golden goldfish silver platinum diamond diamonds ruby emerald sapphire pearl
    crystal amber jade opal jasper onyx topaz titanium mercury copper bronze iron steel metal metallica
    license licensing licence agreement agreements account accounts portal center centre businesscenter membership member members profile
    dashboard report reports product products software activation serial subscription cloud online service microsoftoffice volume
    """

  private static let phrases = """
    letmeinplease letmeinnow pleaseletmein openthedoor openup mypassword yourpassword ourpassword thepassword
    thispassword passwordis passwordforme passwordpassword nopassword noonewillguess strongpassword securepassword safepassword goodpassword
    badpassword newpassword oldpassword longpassword verylongpassword anotherpassword onemorepassword bestpassword secretpassword
    supersecret supersecretpassword topsecretpassword mysecretpassword mysecret thisismypassword thisisapassword thisisasecret thisisnotapassword
    iforgotmypassword forgotpassword forgotten forgetmenot rememberme dontforget donotforget donttellanyone dontask nevermind whocares
    idontknow idontcare iamthebest iamthebeast iamlegend iamgroot iamironman iamgod iamhere iloveyouforever iloveyousomuch iloveyoubaby
    iloveyoumom iloveyoudad ilovemyself ilovemymom ilovemywife ilovemycat ilovemydog ilovegod ilovemusic iloveyoutoo ihateyou ihatethis
    ihatepasswords ihatemyjob ihatework ilovework iwanttobreakfree iwilalwaysloveyou iwillsurvive youandme youandi meandyou justme itsme
    itsmehello onlyme itwasme guesswho guesswhat guessme whoami whatisit whatsup whatsmyname wherearewe wheresmycar howareyou hellokitty
    hellothere helloworld hellohello goodmorning goodnight goodbye goodday goodtimes badboy badgirl bigbang bigbrother biglebowski blackcat
    blackdog blackjack blackbird blackberry blackmamba blacksabbath blackpearl redsox redrose reddevil reddragon bluebird bluesky bluemoon
    whitehouse whitewolf whiterabbit greenday greentea greenapple goldfinger silverfox purplerain pinkfloyd deeppurple ledzeppelin
    ironmaiden linkinpark nirvana metallica rammstein slipknot evanescence coldplay radiohead depechemode rollingstones thebeatles beatles
    queen acdc gunsnroses bonjovi aerosmith eminem rihanna beyonce shakira madonna michaeljackson elvispresley justinbieber taylorswift
    ladygaga onedirection backstreetboys spicegirls blackpink bangtan kpop jpop hiphop rocknroll rockstar rockyou heavymetal deathmetal
    punkrock jazzman bluesman drumandbass technomusic maytheforcebewithyou theforce lukeskywalker darthvader obiwankenobi hansolo
    princessleia millenniumfalcon deathstar stormtrooper bobafett babyyoda mandalorian liveandletdie livelongandprosper beammeup
    startrekvoyager spaceinvaders toinfinityandbeyond tobeornottobe thatisthequestion onceuponatime happilyeverafter thequickbrownfox
    quickbrownfox lazydog jumpsoverthelazydog loremipsum loremipsumdolor dolorsitamet carpediem cogitoergosum venividivici alohomora
    expectopatronum abracadabra hocuspocus hakunamatata supercalifragilistic simsalabim youshallnotpass onering oneringtorulethemall
    winteriscoming gameofthrones valarmorghulis breakingbad walkingdead strangerthings bigbangtheory howimetyourmother theoffice
    lordoftherings harrypotter chamberofsecrets pulpfiction fightclub forrestgump godfather terminator illbeback hastalavista
    houstonwehaveaproblem jamesbond doubleoseven missionimpossible topgun rambo rocky indianajones jurassicpark findingnemo toystory
    lionking frozen letitgo elsaandanna moana aladdin mulan pocahontas cinderella snowwhite sleepingbeauty peterpan tinkerbell mickeymouse
    minniemouse donaldduck winniethepooh tweetybird bugsbunny daffyduck scoobydoo tomandjerry spongebob squarepants simpsons bartsimpson
    homersimpson southpark familyguy rickandmorty futurama transformers optimusprime megatron captainamerica blackwidow blackpanther avengers
    justiceleague wonderwoman catwoman joker harleyquinn batmanandrobin superhero superheroes superstar supernova supernatural superdog
    onetwothree onetwothreefour onetwothreefourfive twothreefour firstsecondthird mondaytuesday sundaymonday januaryfebruary springsummer
    springsummerautumnwinter summerwinter northsoutheastwest redgreenblue blackwhite blackandwhite yesno yesandno truefalse onoff
    alphabravo alphabetagamma alphabravocharlie doremi doremifasol abrakadabra eeniemeenie heyhey hahaha hahahaha lalala lalalala blabla
    blahblah blahblahblah yadayada tralala dingdong pingpong kingkong tictac tictactoe hiphophooray asdasd qweqwe zxczxc
    bigbadwolf threelittlepigs twinkletwinkle humptydumpty oldmacdonald jinglebells silentnight letitsnow wewishyou godblessyou godblessamerica
    ingodwetrust jesusislord jesuslovesme jesussaves praisethelord hallelujah amazinggrace holyspirit holycow ohmygod omgomg lolol rofl
    donttouch keepout keepoutofhere stayaway goaway getout gohome gohomenow comeback comeonin comein knockknock whosthere areyoukidding
    areyousure yesiam noway noproblem nomoney noname nolimit nolimits nofear nopain nopainnogain neversaynever nevergiveup nevergonnagiveyouup
    justdoit impossibleisnothing thinkdifferent thinkbig dreambig dreamteam dreamon sweetdreams livelife liveyourlife liveforever
    liveandlearn lifeisgood lifeisbeautiful lifeislife lifegoeson loveislife loveisall allyouneedislove makelove makelovenotwar loveandpeace
    peaceandlove peaceout oneloveone onelove truelove mylove mylovelife mylife mydear mydarling mybaby myheart mysoul myangel myfamily
    myfriend myhome myhouse mycar mydog mycat myphone mycomputer myaccount myemail mymail myname mynameis mylogin mybusiness mycompany myjob
    mywork mydesk myoffice myself bymyself bestofthebest bestever numberone topdog topgear fastandfurious speedracer needforspeed
    manchesterunited manutd manchestercity realmadrid barcelona fcbarcelona liverpoolfc youllneverwalkalone chelseafc arsenal juventus
    acmilan intermilan bayernmunich borussiadortmund cskamoscow dynamo galatasaray fenerbahce besiktas losangeleslakers chicagobulls
    bostonceltics goldenstate newyorkyankees dallascowboys greenbaypackers pittsburghsteelers
    """
}
