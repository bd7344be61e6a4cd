// A rule's page, cut into the parts that hovers show. Pages are Markdown: a heading, a summary, `## Why`, `## Examples` …

export interface PageParts {
  /** The paragraphs below the heading. */
  readonly summary: string;
  /** The first paragraph of the section `Why`; empty where there is none. */
  readonly why: string;
}

export function pageParts(page: string): PageParts {
  const [opening = '', ...sections] = page.split(/^## /m);
  const why = sections.find((section) => /^why\b/i.test(section)) ?? '';
  return { summary: opening.replace(/^# .*$/m, '').trim(), why: firstParagraph(why.replace(/^.*$/m, '')) };
}

function firstParagraph(text: string): string {
  return text.trim().split(/\n\s*\n/, 1)[0] ?? '';
}
