/**
 * 256 plain English words for reading aloud: three to eight letters, any two differ in at least two of them. A word
 * stands for a byte; the order is part of the protocol.
 */
export const WORDS: readonly string[] = `
  acorn actor adult agent album alarm amber angle anchor apple april arrow artist atlas autumn bacon
  badge bagel baker bamboo banana banjo barrel basin basket bazaar beard beaver bench bison bishop blanket
  blossom bottle bracket branch breeze brick bridge broom brush bubble bucket budget buffalo butter button cabin
  cabbage cactus camel camera candle canoe canyon carbon cargo carpet carrot castle cherub cedar cello chalk
  cherry chimney circle citrus clock cloud clover cobra coffee comet copper coral cotton cousin cradle crayon
  cricket crown crystal curtain dagger daisy dancer desert diamond dinner doctor dolphin donkey dragon drawer drum
  eagle elbow emerald engine envelope fabric falcon farmer feather fence ferry fiddle fern flag flute forest
  fossil fountain fox frost galaxy garden garlic gecko ginger giraffe glacier globe goblet gravel guitar hammer
  harbor hazel helmet hermit hockey honey horizon hotel husky iceberg igloo island ivory jacket jaguar jasmine
  jelly jewel jungle kayak kettle kitten koala ladder lagoon lantern lemon lentil library lily lion lizard
  lobster magnet mango maple marble market meadow melon mirror meerkat morning mosaic motor muffin museum napkin
  nectar needle noodle nutmeg oak oasis ocean olive onion opera orange orchid otter oyster pastry palace
  panda paper pebble pepper piano pigeon pillow pilot pirate planet plum pony polar poppy potato pumpkin
  puzzle quartz rabbit radio raven ribbon river robot rocket saddle salmon sandal satin school shadow sheriff
  silver satchel sparrow spider spoon statue summer sunset table tailor teapot temple thunder ticket tiger timber
  tomato trumpet tulip tunnel turtle umbrella valley velvet violin walnut wagon whale window winter yellow zebra
`
  .trim()
  .split(/\s+/);
