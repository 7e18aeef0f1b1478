import type { NormaliseRules } from '../rules.ts'
import type { Masked } from './reading.ts'

/** A kind of value that changes without the page having changed. */
interface Volatile {
  kind: Masked['kind']
  option: keyof NormaliseRules
  pattern: RegExp
  stand: string
  /** Blocks about such things keep them: a checksum on a download page is its content. */
  except?: RegExp
}

const N = String.raw`(?:\d[\d.,\u00a0' ]*(?:\s?[kKmM](?![\p{L}\d]))?)`
const NUMBER_WORDS = 'an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|few|several|a couple of'
const UNITS = '(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhdwy])'
const EN_AGO = String.raw`(?:(?:about|over|almost|less than|more than)\s+)?(?:${N}|${NUMBER_WORDS})\s*${UNITS}(?:(?:,|\s+and)?\s+\d+\s+${UNITS})?\s+ago`
const SOON = String.raw`(?:just now|moments? ago|a moment ago|(?:yesterday|today)(?:,| at)\s+\d{1,2}[:.]\d{2}(?:\s*[ap]m)?)`
const DE_AGO = String.raw`vor\s+(?:etwa\s+)?(?:\d+|einem|einer|einigen|wenigen)\s+(?:Sekunden?|Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)`
const FR_AGO = String.raw`il y a\s+(?:environ\s+)?(?:\d+|une?|quelques)\s+(?:secondes?|minutes?|heures?|jours?|semaines?|mois|ans?)`
const ES_AGO = String.raw`hace\s+(?:\d+|una?|unos|unas)\s+(?:segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?)`
const PT_AGO = String.raw`há\s+(?:\d+|uma?)\s+(?:segundos?|minutos?|horas?|dias?|semanas?|m[eê]s(?:es)?|anos?)`
const OTHER_AGO = String.raw`\d+\s*(?:秒|分|時間|分鐘|分钟|小時|小时|日|天|週間|周|个月|か月|年|초|분|시간|일|주|개월|년)\s*(?:前|전)|\d+\s+(?:секунд[уы]?|минут[уы]?|час(?:а|ов)?|дн(?:я|ей)|день|недел[юиь]|месяц(?:а|ев)?|лет|года?)\s+назад|\d+\s+(?:sekund|minut|timm|dag|veck|månad|år)\w*\s+sedan`

const COUNTED = String.raw`(?:views?|visits?|visitors?|reads?|readers?|likes?|shares?|upvotes?|votes?|followers?|subscribers?|downloads?|plays?|hits?|reactions?|retweets?|claps?|watchers?|stars?|guests?|users?|people|members?|comments?|replies|Aufrufe|Besucher|Kommentare?|vues?|visites?|commentaires?|visitas?|vistas?|comentarios?|visualizações)`
const COUNTED_DOING = String.raw`(?:\s+(?:online|here now|currently|right now|viewing|watching|reading|are (?:viewing|watching|reading|looking)|have (?:viewed|seen|read)|today|this week|so far|since \d{4}))?`

const CLOCK = String.raw`\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?(?:\s*(?:UTC|GMT|CES?T|[A-Z]{2,4}T|[+-]\d{2}:?\d{2}|Uhr))?`
const DAY = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}(?:st|nd|rd|th|\.)?\s+\p{L}{3,9}\.?,?\s+\d{4}|\p{L}{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})`
const MOMENT = String.raw`(?:${DAY}(?:T|,?\s+(?:at\s+|um\s+|à\s+)?)${CLOCK}Z?|${CLOCK}(?:\s+(?:on\s+)?${DAY})?|${DAY})`
const STAMPED = String.raw`(?:page\s+)?(?:(?:last\s+|this page was\s+|was\s+)?(?:generated|rendered|refreshed|updated|modified|retrieved|cached|built|served|loaded|checked|synced|fetched)(?:\s+(?:on|at|in|from cache))?|as of|current(?:\s+server)?\s+time|server time|local time|time now|it is now|data as at|stand|zuletzt aktualisiert|aktualisiert(?: am)?|mis à jour(?: le)?|dernière mise à jour|actualizado(?: el)?|última actualización)`

const VOLATILES: readonly Volatile[] = [
  {
    kind: 'relative-time',
    option: 'relativeTimes',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}])(?:${EN_AGO}|${SOON}|${DE_AGO}|${FR_AGO}|${ES_AGO}|${PT_AGO})(?![\p{L}\p{N}])|${OTHER_AGO}`,
      'giu',
    ),
    stand: '[time ago]',
  },
  {
    kind: 'stamp',
    option: 'stamps',
    pattern: new RegExp(
      String.raw`(?<=(?<![\p{L}])${STAMPED}\s*:?\s+)${MOMENT}|(?<=(?<![\p{L}])(?:generated|rendered|loaded|served|built|took)\s+(?:in\s+)?)\d+(?:\.\d+)?\s*(?:ms|s|sec(?:onds?)?|milliseconds?)(?![\p{L}])|(?<=(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}\s*[-–]\s*)?)\d{4}(?!\d)`,
      'giu',
    ),
    stand: '[stamp]',
  },
  {
    kind: 'counter',
    option: 'counters',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}$€£¥.,])${N}\s*(?:(?:unique|page|total|new|other|registered|active)\s+)?(?=${COUNTED}${COUNTED_DOING}(?![\p{L}\p{N}]))|(?<=(?<![\p{L}])${COUNTED}\s*[:(]\s*)${N}`,
      'giu',
    ),
    stand: '[count] ',
  },
  {
    kind: 'token',
    option: 'tokens',
    pattern:
      /(?<=(?<![\p{L}])(?:request|trace|session|ray|correlation|csrf|xsrf|nonce|token|visitor|incident)(?:[\s_-]*(?:id|token|no|number|code|key))?\s*[:=#]\s*)[\w+/=.-]{6,}/giu,
    stand: '[token]',
  },
  {
    kind: 'token',
    option: 'tokens',
    // UUIDs; hexadecimal of 64 bits or more; Base64 of 18 bytes or more that mixes cases and digits.
    pattern:
      /(?<![\w/.-])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,}|(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/-]{24,}={0,2})(?![\w/.-])/gu,
    stand: '[token]',
    except: /checksum|sha-?\d|md5|hash|digest|fingerprint|commit|public key|signature|address|wallet/i,
  },
]

/** Words without which no pattern can match; most blocks are told from them at a glance. */
const HINT = /\d|ago|now|vor |il y a|hace |há |token|nonce|csrf|session/i

export interface CanonicalText {
  text: string
  masked: { kind: Masked['kind']; value: string }[]
}

/** A text as it is compared: Unicode forms unified (NFKC), spaces collapsed, what changes by itself put out of it. */
export function canonicalText(text: string, under: string, rules: NormaliseRules): CanonicalText {
  const masked: CanonicalText['masked'] = []
  let canonical = text
    .normalize('NFKC')
    .replace(/[\s\u200b\u00ad\ufeff]+/g, (run) => (/\s/.test(run) ? ' ' : ''))
    .trim()
  if (HINT.test(canonical)) {
    for (const each of VOLATILES) {
      if (rules[each.option] === false || (each.except?.test(`${under} ${canonical}`) ?? false)) continue
      canonical = canonical.replace(each.pattern, (value) => {
        masked.push({ kind: each.kind, value: value.trim() })
        return each.stand
      })
    }
  }
  if (rules.ignoreCase === true) canonical = canonical.toLowerCase()
  return { text: canonical.trim(), masked }
}
