extension CommonWords {
  static let names = """
    aaron abby abel abigail abraham adam adrian adriana agnes aidan alan albert alberto alejandra alejandro alex alexa alexander alexandra
    alexandre alexandria alexia alexis alfred alfredo alice alicia alina alisha alison allan allen allison alonso alyssa amanda amber amelia
    amina amir amy ana anabel andre andrea andreas andreea andres andrew andy angela angelica angelina angelo angie anita ann anna annabel
    annabelle anne annie anthony antonia antonio april archie ariana ariel arnold arthur ashley ashton astrid aubrey audrey august aurora
    austin autumn ava avery ayesha barbara barney barry beatrice beatriz bella ben benjamin bernard bernie beth bethany betty beverly bianca
    bill billy blake bob bobby bonnie brad bradley brady brandi brandon brandy brenda brendan brent brett brian brianna bridget britney
    brittany brooke brooklyn bruce bruno bryan bryce caitlin caleb calvin cameron camila camille candice carina carl carla carlos carmen
    carol carolina caroline carrie carter casey cassandra cassie catalina catherine cathy cecilia cedric celeste celia chad chance chandler
    chantal charlene charles charlotte chase chelsea cheryl chester chloe chris chrissy christa christina christine christopher christy
    chuck cindy claire clara clarence clark claudia claudio clayton clement clifford clint clinton cody cole colin connie connor conrad
    corey cornelius courtney craig cristian cristina crystal curtis cynthia daisy dakota dale dallas damian damien damon dan dana daniel
    daniela daniella danielle danny dante daphne darren darryl dave david davids dawn dean deanna debbie deborah debra denis denise dennis
    derek desmond destiny devin dexter diana diane diego dieter dimitri dolores dominic dominik dominique don donald donna doris dorothy
    doug douglas drew duncan dustin dwayne dylan earl eddie edgar edith eduardo edward edwin eileen elaine eleanor elena eli elias elijah
    elisa elisabeth elise eliza elizabeth ella ellen ellie elliot elliott elsa elsie elvis emanuel emilia emilie emilio emily emma emmanuel
    enrique eric erica erich erik erika erin ernest ernesto esmeralda esteban estella esther ethan eugene eva evan evans eve evelyn fabian
    fabio faith fatima felicia felicity felipe felix fernanda fernando fiona flora florence florian floyd frances francesca francesco
    francis francisco francois frank frankie franklin franz fred freddie freddy frederick frederik frieda fritz gabriel gabriela gabriella
    gabrielle gareth garrett gary gavin gemma gene geoffrey george georgia georgina gerald gerard gerhard gilbert gina giovanni gisela gloria
    gordon grace graham grant greg gregory greta guido guillermo gunther gustav gustavo hailey hana hank hanna hannah hans harold harriet
    harrison harvey hassan hazel heath heather hector heidi heinrich helen helena helga henri henrik henry herbert herman hilary holly hope
    howard hubert hugh hugo ian ibrahim ida ignacio igor ilona imran ingrid irene iris irma isaac isabel isabella isabelle ivan ivana ivy
    jack jackie jackson jacob jacqueline jade jaime jake james jamie jan jana jane janet janice janine jared jasmine jason javier jay jean
    jeanette jeanne jeff jeffrey jenna jennifer jenny jeremiah jeremy jerome jerry jesse jessica jessie jesus jill jim jimmy jo joan joana
    joanna joanne joaquin jochen jodie joe joel johan johanna johannes john johnny johnson jolene jon jonah jonas jonathan jones jorge jose
    josef joseph josephine josh joshua joy joyce juan juanita jude judith judy julia julian juliana julie julien juliet julio julius june
    justin justine kaitlyn karen karin karina karl karla kasper kate katharina katherine kathleen kathryn kathy katie katja katrina kay
    kayla keith kelly kelsey ken kenneth kenny kerry kevin kiara kim kimberly kirsten klaus konrad kristen kristian kristin kristina kurt
    kyle kylie lana lance lara larissa larry lars laura lauren laurence laurent laurie lawrence lea leah leanne lee leila lena leo leon
    leonard leonardo leonie leroy leslie lewis liam lidia lillian lilly lily linda lindsay lindsey lionel lisa liv logan lois lola lopez
    lorena lorenzo loretta lori lorraine louis louisa louise luca lucas lucia luciana luciano lucille lucy ludwig luis luisa luke luna lydia
    lynn mabel mackenzie madeleine madison magdalena maggie magnus maja malcolm malik mandy manfred manuel manuela mara marc marcel marcela
    marcella marcia marco marcos marcus margaret margarita maria mariah mariam mariana marianne marie mariela marilyn marina mario marion
    marisa marissa marjorie mark marko markus marlene marlon marsha marta martha martin martina martinez marty marvin mary mason mateo
    mathew mathias mathilde matilda matt matteo matthew matthias maureen maurice mauricio max maxim maxime maximilian maximus maxwell may
    maya megan mehmet melanie melinda melissa melody mercedes meredith mia michaela michel michele michelle mickey miguel mike mikhail mila
    milan mildred miles milena miller millie milo milton mimi miranda miriam misha mitchell mohamed mohammad mohammed moira molly mona
    monica monika monique morgan morris moses muhammad murphy mustafa myriam nadia nadine nancy naomi natalia natalie natasha nathalie
    nathan nathaniel neal ned neil nelson nicholas nick nicky nico nicola nicolas nicole nigel nikita nikki niklas nikolai nina noah noel
    noelle nora norbert norma norman octavia olaf olga oliver olivia olivier omar oscar oskar oswald otis otto owen pablo paige pamela
    paola paolo parker pascal pat patricia patricio patrick patrizia patty paul paula paulina pauline paulo pavel pearl pedro peggy penelope
    penny perry pete peter petra petros phil philip philipp philippe phillip phoebe pierre piotr polly preston priscilla quentin quincy
    rachel rafael rainer ralf ralph ramon ramona randall randy raphael raquel raul ray raymond rebecca reggie regina reginald reinhard
    rene renee rex rhonda ricardo riccardo richard rick ricky riley rita rob robbie robert roberta roberto robin robinson rocco rochelle
    rodney rodrigo rodriguez roger roland rolf roman romeo ron ronald ronnie rosa rosalie rose rosemary rosie ross rowan roxanne roy ruben
    rudolf rudy rupert russell ruth ryan sabine sabrina sadie sally salvador salvatore sam samantha sami sammy samson samuel sandra sandy
    santiago santos sara sarah sasha saskia saul savannah scarlett scott sean sebastian selena selina serena sergei sergio seth shane
    shannon shari sharon shaun shawn sheila shelby sheldon shelly sherry shirley sibylle sidney sierra silas silvia simon simona simone
    smith snow sofia solomon sonia sonja sophia sophie spencer stacey stacy stan stanley stefan stefanie stefano stella stephan stephanie
    stephen steve steven stewart stuart sue summer susan susana susanne suzanne svenja svetlana sven sylvester sylvia tabitha tamara tania
    tanja tanner tanya tara tatiana taylor ted teddy terence teresa terry tess thea thelma theo theodor theodore theresa thomas thompson tiffany
    tim timo timothy tina tobias toby todd tom tomas tommy tony tracey tracy travis trevor tristan troy tyler ulrich ulrike ursula valentin
    valentina valerie vanessa vera verena vernon veronica veronika vicki vicky victor victoria viktor viktoria vincent vincenzo viola violet
    virginia vivian viviana vlad vladimir wade walter wanda warren wayne wendy werner wesley wilfred wilhelm will william williams willie
    willow wilma wilson winston wolfgang xavier yasmin yolanda yusuf yvette yvonne zach zachary zane zara zoe zoey
    """

  static let places = """
    africa america american asia australia austria belgium brazil britain bulgaria canada chile china colombia croatia cuba cyprus denmark
    egypt england estonia europe finland france germany greece holland hungary iceland india indonesia iran iraq ireland israel italia italy
    jamaica japan kenya korea latvia lebanon lithuania malaysia malta mexico morocco nepal netherlands nigeria norway pakistan panama peru
    philippines poland portugal romania russia scotland serbia singapore slovakia slovenia spain sweden switzerland syria taiwan texas
    thailand turkey ukraine vietnam wales zimbabwe alabama alaska arizona arkansas california carolina colorado connecticut delaware florida
    georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri
    montana nebraska nevada newhampshire newjersey newmexico newyork oklahoma ohio oregon pennsylvania tennessee utah vermont washington
    wisconsin wyoming amsterdam antwerp athens atlanta auckland baltimore bangkok basel beijing belfast belgrade berlin birmingham bombay
    boston brisbane bristol brussels bucharest budapest buenosaires cairo capetown casablanca chicago cincinnati cleveland cologne copenhagen
    delhi denver detroit dortmund dresden dubai dublin dusseldorf edinburgh frankfurt geneva genoa glasgow gothenburg hamburg hannover
    helsinki hongkong honolulu houston istanbul jakarta jerusalem johannesburg kiev krakow kualalumpur lagos lasvegas leipzig lima lisbon
    liverpool london losangeles lyon madrid manchester manila marseille melbourne memphis miami milano milwaukee minneapolis montreal moscow
    mumbai munich naples nashville neworleans nice nottingham orlando oslo ottawa oxford cambridge palermo paris perth philadelphia phoenix
    pittsburgh portland prague quebec riga rio riodejaneiro rome rotterdam sacramento salzburg sandiego sanfrancisco santiago saopaulo
    seattle seoul sevilla shanghai sheffield sofia stockholm stuttgart sydney tallinn tampa tehran telaviv tokyo toronto toulouse turin
    valencia vancouver venice vienna vilnius warsaw winnipeg yokohama york zagreb zurich
    """

  static let russianNames = """
    александр александра алексей алёна алена алина алиса алла анастасия анатолий ангелина андрей анна антон арина аркадий артем артём артур
    богдан борис вадим валентин валентина валерий валерия варвара василий василиса вера вероника виктор виктория виталий владимир владислав
    вячеслав галина геннадий георгий глеб григорий дарья денис диана дима дмитрий ева евгений евгения екатерина елена елизавета захар иван
    игорь илья инна ирина катя кирилл константин ксения лариса лев леонид лиза любовь людмила макар максим маргарита марина мария марк маша
    матвей милана миша михаил надежда настя наталья наташа никита николай нина оксана олег олеся ольга павел петр пётр полина раиса роман
    руслан саша светлана семен сергей софия станислав степан стас таисия тамара таня татьяна тимофей тимур федор филипп эдуард эльвира юлия
    юрий яна ярослав иванов петров сидоров смирнов кузнецов попов васильев соколов михайлов новиков россия москва питер санктпетербург
    ленинград новосибирск екатеринбург казань самара омск челябинск ростов уфа красноярск пермь воронеж волгоград краснодар саратов тюмень
    сибирь урал волга байкал сочи крым киев минск
    """
}
