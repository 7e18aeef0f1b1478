import { describe, expect, it } from 'vitest'
import { hydrate } from '../../../../../src/domain/render/islands/hydrate.ts'
import { richText } from '../../../../../src/domain/render/islands/rich-text.ts'

const leaf = (text: string) => ({ type: 'text', text })

describe('text as a content system keeps it', () => {
  it.each([
    [
      'Contentful',
      {
        nodeType: 'document',
        content: [
          { nodeType: 'heading-2', content: [{ nodeType: 'text', value: 'Blue' }] },
          {
            nodeType: 'paragraph',
            content: [
              { nodeType: 'text', value: 'A ' },
              { nodeType: 'hyperlink', data: { uri: '/x' }, content: [{ nodeType: 'text', value: 'link' }] },
              { nodeType: 'text', value: ' in it.' },
            ],
          },
          {
            nodeType: 'unordered-list',
            content: [
              {
                nodeType: 'list-item',
                content: [{ nodeType: 'paragraph', content: [{ nodeType: 'text', value: 'One' }] }],
              },
            ],
          },
        ],
      },
      '<h2>Blue</h2><p>A link in it.</p><ul><li><p>One</p></li></ul>',
    ],
    [
      'Sanity',
      [
        { _type: 'block', style: 'h3', children: [{ _type: 'span', text: 'Blue' }] },
        { _type: 'image', asset: {} },
        {
          _type: 'block',
          style: 'normal',
          children: [
            { _type: 'span', text: 'a < b' },
            { _type: 'span', text: '!' },
          ],
        },
      ],
      '<h3>Blue</h3><p>a &lt; b!</p>',
    ],
    [
      'ProseMirror',
      {
        type: 'doc',
        content: [
          { type: 'heading', attrs: { level: 1 }, content: [leaf('Blue')] },
          { type: 'blockquote', content: [{ type: 'paragraph', content: [leaf('Said.')] }] },
          {
            type: 'orderedList',
            content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [leaf('One')] }] }],
          },
        ],
      },
      '<h1>Blue</h1><p>Said.</p><ol><li><p>One</p></li></ol>',
    ],
    [
      'Lexical',
      {
        root: {
          type: 'root',
          children: [
            { type: 'heading', tag: 'h2', children: [leaf('Blue')] },
            { type: 'paragraph', children: [leaf('Words.')] },
          ],
        },
      },
      '<h2>Blue</h2><p>Words.</p>',
    ],
    [
      'Prismic',
      [
        { type: 'heading2', text: 'Blue', spans: [] },
        { type: 'paragraph', text: 'Words.', spans: [] },
      ],
      '<h2>Blue</h2><p>Words.</p>',
    ],
    [
      'Editor.js',
      {
        blocks: [
          { type: 'header', data: { text: 'Blue', level: 4 } },
          { type: 'paragraph', data: { text: 'Words.' } },
        ],
      },
      '<h4>Blue</h4><p>Words.</p>',
    ],
  ])('%s', (_, value, html) => {
    expect(richText(value)).toBe(html)
  })

  it.each([
    ['a list of numbers', [1, 2, 3]],
    ['records', [{ title: 'A', slug: 'a' }]],
    ['an empty list', []],
    ['an empty document', { nodeType: 'document', content: [] }],
    ['text', 'Words.'],
    ['nothing', null],
  ])('is none: %s', (_, value) => {
    expect(richText(value)).toBeUndefined()
  })
})

describe('values in the way of devalue', () => {
  it.each([
    ['plain ones', [{ a: 1, b: 2 }, 'x', [1, 1]], { a: 'x', b: ['x', 'x'] }],
    ['wrapped ones', [['Reactive', 1], { a: 2 }, ['Ref', 3], 7], { a: 7 }],
    ['what refers to itself', [{ self: 0, a: 1 }, 'x'], { self: undefined, a: 'x' }],
    ['what is not there', [{ a: -1, b: 9 }], { a: undefined, b: undefined }],
    ['no list', { a: 1 }, { a: 1 }],
  ])('%s', (_, list, value) => {
    expect(hydrate(list)).toEqual(value)
  })
})
