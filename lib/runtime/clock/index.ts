export { FakeTimers, isClockFaked, type FakeTimersConfig } from './fake-timers'
export { native, nextTurn } from './native'
export { installNumberedTimers } from './numbered-timers'
