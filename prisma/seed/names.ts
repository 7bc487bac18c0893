import type { Random } from '@/lib/runtime/test-api/random'

const GIVEN = [
  'Ada', 'Alan', 'Amara', 'Anna', 'Ben', 'Carla', 'Chidi', 'Clara', 'David', 'Elif', 'Emma', 'Farid', 'Grace', 'Hana', 'Ines',
  'Ivan', 'Jonas', 'Kemal', 'Lea', 'Linus', 'Maja', 'Maria', 'Mateo', 'Nadia', 'Noah', 'Olga', 'Omar', 'Paul', 'Priya', 'Rosa',
  'Samir', 'Sofia', 'Tariq', 'Vera', 'Yuki', 'Zoe',
]
const FAMILY = [
  'Adeyemi', 'Bauer', 'Costa', 'Demir', 'Eriksen', 'Fischer', 'García', 'Haddad', 'Ivanova', 'Jansen', 'Kowalski', 'Lindqvist',
  'Mbeki', 'Novak', 'Okafor', 'Petrov', 'Rossi', 'Schmidt', 'Tanaka', 'Usman', 'Varga', 'Weber', 'Yilmaz', 'Zhou',
]
const CHINESE_FAMILY = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙']
const CHINESE_GIVEN = ['伟', '芳', '敏', '静', '磊', '洋', '婷', '浩然', '雨桐', '子涵', '思远', '晓彤', '嘉怡', '宇航']

/** A name, in Chinese for one person in six. */
export function drawName(random: Random): string {
  if (random.next() < 1 / 6) return `${random.pick(CHINESE_FAMILY)}${random.pick(CHINESE_GIVEN)}`
  return `${random.pick(GIVEN)} ${random.pick(FAMILY)}`
}
