/** The words of pet names such as "gladly-brave-otter". */

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

export const ADVERBS = words(`
  boldly brightly calmly cheerfully clearly closely daily deeply duly early easily evenly fairly firmly fondly freely
  fully gently gladly greatly happily highly humbly joyfully keenly kindly lightly lively loudly mainly merrily mildly
  nearly neatly newly nicely openly partly plainly proudly purely quickly quietly rarely really safely simply smoothly
  softly solely steadily surely truly vastly vividly warmly wholly widely wisely`);

export const ADJECTIVES = words(`
  able agile amber ample blue bold brave bright brisk busy calm casual charming civil clean clear clever cosmic crisp
  curious daring deep eager early easy fair famous fast fine firm fluent fond frank free fresh gentle giving glad golden
  good grand green happy hardy honest humble ideal jolly keen kind large lasting light lively loyal lucky mellow merry
  mighty modest neat nimble noble open patient polite prime proud pure quick quiet rapid ready robust round sharp silent
  simple smart smooth social solid steady strong subtle sunny super sure swift tidy true unique upright valid warm wise`);

export const ANIMALS = words(`
  adder alpaca ant antelope badger bat bear beaver bee beetle bison bobcat buck bunny camel caribou cat chamois cheetah
  chipmunk civet cobra cod colt condor cougar cow coyote crab crane cricket crow deer dingo doe dog dolphin donkey dove
  dragon duck eagle eel egret elephant elk emu ermine falcon fawn ferret finch firefly fox frog gannet gazelle gecko
  gibbon giraffe gnu goat goose gopher gull hamster hare hawk hedgehog heron herring hippo hornet horse husky hyena ibex
  ibis iguana impala jackal jaguar kangaroo kite kiwi koala lamb lark lemming lemur leopard lion lizard llama lobster
  lynx macaw magpie mallard mammoth manatee marmot marten mole moose moth mouse mule newt octopus opossum orca oriole
  osprey ostrich otter owl ox oyster panda panther parrot pelican penguin pheasant pigeon pika pony porpoise puffin puma
  python quail rabbit raccoon ram raven reindeer robin rooster salmon seal shark sheep shrew skunk sloth snail sparrow
  spider squid squirrel stag starling stork swallow swan swift tapir tern tiger toad trout tuna turkey turtle viper
  vulture walrus wasp weasel whale wolf wombat woodcock wren yak zebra`);
