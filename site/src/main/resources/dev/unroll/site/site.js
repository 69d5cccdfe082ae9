"use strict";
// Search: the index is a script, so that it loads from a folder of files as well as from a server.
(() => {
  const root = document.documentElement.dataset.root;
  const language = document.documentElement.lang;
  const form = document.querySelector("header form");
  const input = form.querySelector("input");
  const results = form.querySelector(".results");
  let loading = null;
  form.hidden = false;

  const load = () => loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onload = () => done(searchIndex.map(([url, language, page, heading, text]) => ({
      url, language, page, heading, text,
      low: text.toLowerCase(), lowHeading: heading.toLowerCase(), lowPage: page.toLowerCase(),
    })));
    script.onerror = failed;
    document.head.append(script);
  });

  const letter = /[\p{L}\p{N}]/u;
  const startsWord = (text, at) => at === 0 || !letter.test(text[at - 1]);

  // Pages that record the past come after the others.
  const past = /^CHANGELOG|^docs\/lab\//;
  const occurrences = (text, term) => text.split(term).length - 1;

  // A term in a heading counts most, then in the page's title, then in the text; at the start of a word more.
  const score = (entry, terms) => {
    let sum = entry.language === language ? 1 : 0;
    for (const term of terms) {
      const heading = entry.lowHeading.indexOf(term);
      const page = entry.lowPage.indexOf(term);
      const text = entry.low.indexOf(term);
      if (heading < 0 && page < 0 && text < 0) return 0;
      if (heading >= 0) sum += startsWord(entry.lowHeading, heading) ? 20 : 8;
      if (entry.lowHeading === term) sum += 20;
      if (page >= 0) sum += startsWord(entry.lowPage, page) ? 6 : 3;
      if (text >= 0) sum += (startsWord(entry.low, text) ? 4 : 1) + Math.min(occurrences(entry.low, term), 4);
    }
    return past.test(entry.url) ? sum / 4 : sum;
  };

  const marked = (text, terms) => {
    const fragment = document.createDocumentFragment();
    const low = text.toLowerCase();
    for (let at = 0; at < text.length;) {
      let next = text.length, length = 0;
      for (const term of terms) {
        const found = low.indexOf(term, at);
        if (found >= 0 && found < next) { next = found; length = term.length; }
      }
      fragment.append(text.slice(at, next));
      if (length > 0) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + length);
        fragment.append(mark);
      }
      at = next + Math.max(length, 1);
    }
    return fragment;
  };

  const excerpt = (entry, terms) => {
    const found = terms.map(t => entry.low.indexOf(t)).filter(at => at >= 0);
    const start = Math.max(0, (found.length ? Math.min(...found) : 0) - 50);
    const from = start === 0 ? 0 : entry.text.indexOf(" ", start) + 1;
    const cut = entry.text.slice(from, from + 160);
    return (from > 0 ? "… " : "") + cut + (from + 160 < entry.text.length ? " …" : "");
  };

  const span = (name, ...content) => {
    const element = document.createElement("span");
    element.className = name;
    element.append(...content);
    return element;
  };

  const show = async () => {
    const index = await load();
    const terms = input.value.toLowerCase().normalize("NFC").split(/\s+/).filter(Boolean);
    results.hidden = terms.length === 0;
    if (terms.length === 0) return;
    const found = index.map(entry => ({ entry, score: score(entry, terms) }))
      .filter(r => r.score > 0).sort((a, b) => b.score - a.score).slice(0, 12);
    results.replaceChildren(...found.map(({ entry }) => {
      const link = document.createElement("a");
      link.href = root + entry.url;
      link.lang = entry.language;
      const where = span("where", marked(entry.heading, terms));
      if (entry.page !== entry.heading) {
        const page = document.createElement("small");
        page.textContent = " · " + entry.page;
        where.append(page);
      }
      link.append(where, span("text", marked(excerpt(entry, terms), terms)));
      return link;
    }));
    if (found.length === 0) {
      const none = document.createElement("p");
      none.textContent = results.dataset.none;
      results.append(none);
    }
  };

  const hide = () => { results.hidden = true; };
  input.addEventListener("focus", load, { once: true });
  input.addEventListener("input", show);
  input.addEventListener("focus", () => { if (input.value) show(); });
  form.addEventListener("submit", event => {
    event.preventDefault();
    results.querySelector("a")?.click();
  });
  results.addEventListener("click", hide);
  document.addEventListener("click", event => { if (!form.contains(event.target)) hide(); });
  form.addEventListener("keydown", event => {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      hide();
      input.focus();
    } else if (event.key === "ArrowDown" && links.length > 0) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (links[at - 1] ?? input).focus();
    }
  });
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    }
  });
  // ?q=... searches at once.
  const query = new URLSearchParams(location.search).get("q");
  if (query) {
    input.value = query;
    show();
  }
  document.querySelector(".pages a[aria-current]")?.scrollIntoView({ block: "nearest" });
})();
