import { describe, expect, it } from 'vitest'
import { VrrpCluster } from './solution'

const nodes = [
  { id: 'a', ip: '10.0.0.1', priority: 150 },
  { id: 'b', ip: '10.0.0.2', priority: 100 },
]

describe('VrrpCluster', () => {
  it('gives the address to the node with the highest priority', () => {
    const cluster = new VrrpCluster(nodes, { advertMs: 1000 })
    expect(cluster.owners).toEqual([])
    expect(cluster.advance(10_000)).toEqual([
      { at: 3414.0625, node: 'a', type: 'master' },
      { at: 3414.0625, node: 'a', type: 'garp' },
    ])
    expect(cluster.owners).toEqual(['a'])
  })

  it('moves it to the backup when the master falls silent', () => {
    const cluster = new VrrpCluster(nodes, { advertMs: 1000 })
    cluster.advance(4000)
    cluster.fail('a')
    expect(cluster.owners).toEqual([])
    expect(cluster.advance(4000).map(({ at, node, type }) => `${at} ${node} ${type}`)).toEqual([
      '7023.4375 b master',
      '7023.4375 b garp',
    ])
  })

  it('gives it back when the better node recovers', () => {
    const cluster = new VrrpCluster(nodes, { advertMs: 1000 })
    cluster.advance(4000)
    cluster.fail('a')
    cluster.advance(6000)
    cluster.recover('a')
    expect(cluster.advance(5000).map(({ node, type }) => `${node} ${type}`)).toEqual([
      'a master',
      'a garp',
      'b backup',
    ])
    expect(cluster.owners).toEqual(['a'])
  })
})
