import { describe, expect, it } from 'vitest'
import { hasElement, readLoginPage } from '../../../../src/domain/page/login-form.ts'

const URL_OF_PAGE = 'https://example.com/account/login'
const given = { user: 'ada', pass: 'x' }
const form = (html: string) => readLoginPage(html, URL_OF_PAGE, given).form

describe('readLoginPage', () => {
  it('fills in the form that has the fields, and sends along what the page has filled in', () => {
    const html = `<form action="/search"><input name="q"></form>
      <form action="session" method="post"><input type="hidden" name="csrf" value="t0k3n"><input name="user"><input type="password" name="pass">
      <input type="checkbox" name="remember" checked><input type="checkbox" name="news"><select name="lang"><option value="de"><option value="en" selected></select>
      <input type="submit" name="cancel" value="Cancel"><input name="off" disabled value="1"></form>`
    expect(form(html)).toEqual({
      action: 'https://example.com/account/session',
      method: 'POST',
      fields: [
        ['csrf', 't0k3n'],
        ['user', 'ada'],
        ['pass', 'x'],
        ['remember', 'on'],
        ['lang', 'en'],
      ],
    })
  })

  it('sends a form without an action to its own page, and respects a base', () => {
    expect(form('<form method="post"><input name="user"></form>')?.action).toBe(URL_OF_PAGE)
    const based = '<base href="https://login.example.com/a/"><form action="go"><input name="user"></form>'
    expect(form(based)?.action).toBe('https://login.example.com/a/go')
  })

  it('prefers the form that asks for the password to a registration that shares a name', () => {
    const html =
      '<form action="/register"><input name="user"></form><form action="/login"><input name="user"><input type="PASSWORD" name="pass"></form>'
    expect(form(html)?.action).toBe('https://example.com/login')
  })

  it('finds none where no form has any of the fields', () => {
    expect(readLoginPage('<form><input name="q"></form>', URL_OF_PAGE, given)).toEqual({
      form: undefined,
      asksForPassword: false,
    })
  })
})

describe('hasElement', () => {
  it.each([
    ['a[href="/logout"]', true],
    ['.missing', false],
    ['][', false],
  ])('%s', (selector, expected) => {
    expect(hasElement('<a href="/logout">Log out</a>', selector)).toBe(expected)
  })
})
