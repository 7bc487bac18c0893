import type { Locale } from '@/lib/contract/localized'

/* A class knows a pseudonym as a number; the reader sees two words of their own language. */

const ADJECTIVES: Record<Locale, readonly string[]> = {
  en: [
    'Amber', 'Brave', 'Bright', 'Calm', 'Cheerful', 'Clever', 'Curious', 'Daring',
    'Eager', 'Friendly', 'Gentle', 'Golden', 'Happy', 'Honest', 'Jolly', 'Keen',
    'Kind', 'Lively', 'Lucky', 'Mellow', 'Merry', 'Nimble', 'Patient', 'Polite',
    'Quick', 'Quiet', 'Silver', 'Steady', 'Sunny', 'Swift', 'Warm', 'Wise',
  ],
  zh: [
    '琥珀色的', '勇敢的', '明亮的', '沉静的', '开朗的', '聪明的', '好奇的', '大胆的',
    '热切的', '友好的', '温柔的', '金色的', '快乐的', '诚实的', '欢喜的', '敏锐的',
    '善良的', '活泼的', '幸运的', '悠闲的', '爱笑的', '灵巧的', '耐心的', '有礼的',
    '敏捷的', '安静的', '银色的', '稳重的', '阳光的', '飞快的', '温暖的', '睿智的',
  ],
}

const ANIMALS: Record<Locale, readonly string[]> = {
  en: [
    'badger', 'beaver', 'camel', 'crane', 'deer', 'dolphin', 'eagle', 'falcon',
    'finch', 'fox', 'gecko', 'hare', 'hedgehog', 'heron', 'horse', 'koala',
    'lark', 'lynx', 'otter', 'owl', 'panda', 'penguin', 'puffin', 'rabbit',
    'robin', 'seal', 'sparrow', 'squirrel', 'swan', 'tiger', 'turtle', 'whale',
  ],
  zh: [
    '獾', '河狸', '骆驼', '丹顶鹤', '小鹿', '海豚', '老鹰', '游隼',
    '燕雀', '狐狸', '壁虎', '野兔', '刺猬', '苍鹭', '骏马', '考拉',
    '云雀', '猞猁', '水獭', '猫头鹰', '熊猫', '企鹅', '海鹦', '白兔',
    '知更鸟', '海豹', '麻雀', '松鼠', '天鹅', '老虎', '海龟', '鲸鱼',
  ],
}

/** Pseudonyms before a number has to tell them apart. */
const PAIRS = 32 * 32

/**
 * The words for a pseudonym, such as "Brave otter": the same for the same number, different ones for different numbers.
 * @param number from 0
 */
export function pseudonym(number: number, locale: Locale): string {
  const adjective = ADJECTIVES[locale][number % 32]!
  const animal = ANIMALS[locale][Math.floor(number / 32) % 32]!
  const round = Math.floor(number / PAIRS)
  const words = locale === 'zh' ? `${adjective}${animal}` : `${adjective} ${animal}`
  return round === 0 ? words : `${words} ${round + 1}`
}
