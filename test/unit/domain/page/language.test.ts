import { describe, expect, it } from 'vitest'
import { detectLanguage } from '../../../../src/domain/page/language/detect-language.ts'
import { withLanguage } from '../../../../src/domain/page/language/with-language.ts'
import type { PageFormat } from '../../../../src/domain/page/page.ts'
import { readPage } from '../../../../src/domain/page/read-page.ts'

const TEXTS = {
  en: 'The government announced new measures yesterday to improve the economic situation of the country.',
  de: 'Die Regierung kündigte gestern neue Maßnahmen an, um die wirtschaftliche Lage des Landes zu verbessern.',
  fr: 'Le gouvernement a annoncé hier de nouvelles mesures pour améliorer la situation économique du pays.',
  es: 'El gobierno anunció ayer nuevas medidas para mejorar la situación económica del país.',
  pt: 'O governo anunciou ontem novas medidas para melhorar a situação econômica do país.',
  pl: 'Rząd ogłosił wczoraj nowe środki mające na celu poprawę sytuacji gospodarczej kraju.',
  ru: 'Правительство вчера объявило о новых мерах по улучшению экономической ситуации в стране.',
  uk: 'Уряд учора оголосив про нові заходи для покращення економічної ситуації в країні.',
  el: 'Η κυβέρνηση ανακοίνωσε χθες νέα μέτρα για τη βελτίωση της οικονομικής κατάστασης.',
  ar: 'أعلنت الحكومة أمس عن إجراءات جديدة لتحسين الوضع الاقتصادي في البلاد.',
  he: 'הממשלה הודיעה אתמול על צעדים חדשים לשיפור המצב הכלכלי במדינה.',
  ja: '政府は昨日、経済状況を改善するための新たな措置を発表した。',
  zh: '政府昨天宣布了改善经济状况的新措施。',
  ko: '정부는 어제 경제 상황을 개선하기 위한 새로운 조치를 발표했다.',
  tr: 'Hükümet dün ülkenin ekonomik durumunu iyileştirmek için yeni önlemler açıkladı.',
  hi: 'सरकार ने कल देश की आर्थिक स्थिति सुधारने के लिए नए उपायों की घोषणा की।',
}

it.each(Object.entries(TEXTS))('the language of a text: %s', (language, text) => {
  expect(detectLanguage(text)).toBe(language)
})

it.each(['', 'Log in', '12 34 56 78 90 · 42.00', 'xqzv wqkj zzxq vvkq jjqx zxqw kkvz qqxj wvzk'])(
  'what could be any language is none: %s',
  (text) => {
    expect(detectLanguage(text)).toBeUndefined()
  },
)

describe('the language of a document', () => {
  const read = (html: string, formats: PageFormat[] = ['markdown']) =>
    withLanguage(
      {
        url: 'https://site.test/',
        contentType: 'text/html; charset=utf-8',
        body: new TextEncoder().encode(html),
        formats: new Set(formats),
        onlyMainContent: true,
      },
      readPage,
    )

  it('is the one that it names', async () => {
    expect((await read(`<html lang="de-AT"><p>${TEXTS.en}`)).language).toBe('de-AT')
  })

  it('is found out where it names none, and only what was asked for is written', async () => {
    const reading = await read(`<p>${TEXTS.fr}`)
    expect(reading).toMatchObject({ language: 'fr', markdown: `${TEXTS.fr}\n` })
    expect(reading).not.toHaveProperty('text')
    expect(await read(`<p>${TEXTS.fr}`, ['text'])).toMatchObject({ language: 'fr', text: TEXTS.fr })
  })

  it('is unknown where there is nothing to tell it by', async () => {
    expect((await read('<p>OK')).language).toBeNull()
  })
})
