// What the pages of the dashboard do beyond being there: they work without it.
import { followCrawl } from './follow-crawl.ts'

for (const time of document.querySelectorAll('time')) {
  const at = new Date(time.dateTime)
  if (Number.isNaN(at.getTime())) continue
  time.title = time.textContent
  time.textContent = at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  // Only where the page came safely does a browser have a clipboard for it.
  button.hidden = !window.isSecureContext
  button.addEventListener('click', () => {
    const text = document.querySelector(`#${button.dataset['copy']}`)?.textContent ?? ''
    navigator.clipboard.writeText(text).then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Select it and copy'),
    )
  })
}

for (const standing of document.querySelectorAll<HTMLElement>('[data-events]')) followCrawl(standing)

// On a narrow screen the sections are wider than it. Not by scrollIntoView, from where the Tab key would go on.
for (const current of document.querySelectorAll<HTMLElement>('nav [aria-current]')) {
  const sections = current.closest('ul')
  if (sections) sections.scrollLeft = current.offsetLeft - sections.offsetLeft
}
