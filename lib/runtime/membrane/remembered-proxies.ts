/*
 * A learner's own Proxy must cross as a handle: looking into it to find out what it is would fire its traps. Nothing
 * in the language tells a proxy, so the constructor is wrapped and keeps a list.
 */

const remembered = new WeakSet<object>()

/** The constructor as it was, for the membrane's own stand-ins, which must not be taken for a learner's. */
export const OwnProxy = Proxy

/** Replaces the realm's `Proxy` by one that remembers what it made. */
export function rememberProxies(realm: { Proxy: ProxyConstructor }): void {
  if (realm.Proxy !== OwnProxy) return
  const keep = <T extends object>(proxy: T): T => {
    remembered.add(proxy)
    return proxy
  }
  realm.Proxy = new OwnProxy(OwnProxy, {
    construct: (target, args: [object, ProxyHandler<object>]) => keep(new target(...args)),
  })
  // In its place, since a trap may not answer anything else than what is there once that is frozen.
  const { revocable } = OwnProxy
  OwnProxy.revocable = (target, handler) => {
    const made = revocable(target, handler)
    keep(made.proxy)
    return made
  }
}

export function isRememberedProxy(value: object): boolean {
  return remembered.has(value)
}
