import { describe, expect, it } from 'vitest'
import { Actions } from '../../../../src/contracts/api/action.ts'
import { actionName, hasPicture, keysOf } from '../../../../src/domain/render/action.ts'

describe('keys', () => {
  it.each([
    ['Enter', [], 'Enter'],
    ['a', [], 'a'],
    ['+', [], '+'],
    ['Control+A', ['Control'], 'A'],
    ['Control+Shift++', ['Control', 'Shift'], '+'],
  ])('%s', (press, modifiers, key) => {
    expect(keysOf(press)).toEqual({ modifiers, key })
  })
})

describe('an action', () => {
  it.each([
    [{ type: 'click', selector: '#buy' } as const, 'actions.3 (click #buy)'],
    [{ type: 'press', key: 'Control+A' } as const, 'actions.3 (press Control+A)'],
    [{ type: 'evaluate', script: 'document.title' } as const, 'actions.3 (evaluate)'],
  ])('is called by its place, kind and object', (action, name) => {
    expect(actionName(action, 3)).toBe(name)
  })

  it.each([
    ['one', [{ type: 'click', selector: '#buy' }]],
    ['the named keys', [{ type: 'press', key: 'Shift+F12' }]],
    ['a character', [{ type: 'press', key: 'ä'.normalize('NFD')[0] }]],
    ['a wait for one thing', [{ type: 'wait', selector: 'h1' }]],
  ])('is taken: %s', (_, actions) => {
    expect(Actions.safeParse(actions).success).toBe(true)
  })

  it.each([
    ['none', []],
    ['of an unknown kind', [{ type: 'hover', selector: '#buy' }]],
    ['a key that there is not', [{ type: 'press', key: 'Anykey' }]],
    ['a wait for nothing', [{ type: 'wait' }]],
    ['a wait for two things', [{ type: 'wait', milliseconds: 5, selector: 'h1' }]],
    ['more than 50', Array.from({ length: 51 }, () => ({ type: 'press', key: 'a' }))],
    ['more than 10 pictures', Array.from({ length: 11 }, () => ({ type: 'screenshot' }))],
    ['quality of a PNG', [{ type: 'screenshot', quality: 3 }]],
    ['more than a message carries', Array.from({ length: 5 }, () => ({ type: 'evaluate', script: 'x'.repeat(5_000) }))],
  ])('is refused: %s', (_, actions) => {
    expect(Actions.safeParse(actions).success).toBe(false)
  })

  it('that takes pictures has them loaded', () => {
    expect(hasPicture([{ type: 'press', key: 'a' }])).toBe(false)
    expect(hasPicture([{ type: 'screenshot', fullPage: false, format: 'png' }])).toBe(true)
  })
})
