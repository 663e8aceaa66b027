// Shared by the scripts of the parts: what is on display, where the reader came from, and the card beside a mark.
window.corroborate = (() => {
  const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  let origin = null; // what was clicked to open the reader, as a selector, so that it is found again after a redraw
  let came = 'dossier';

  function reveal(node, block = 'start') {
    const behavior = calm() ? 'auto' : 'smooth';
    const column = node.closest('#right');
    // Beside the conversation the column scrolls by itself; scrollIntoView would move the conversation too.
    if (column && getComputedStyle(column).overflowY === 'auto') {
      const room = block === 'center' ? (column.clientHeight - node.offsetHeight) / 2 : 12;
      const down = node.getBoundingClientRect().top - column.getBoundingClientRect().top - Math.max(12, room);
      column.scrollTo({ top: column.scrollTop + down, behavior });
    } else {
      node.scrollIntoView({ block, behavior });
    }
  }

  function view(name) {
    const right = document.querySelector('#right');
    right.dataset.view = name;
    right.querySelectorAll('[data-view][role="tab"]').forEach((tab) => {
      const chosen = tab.dataset.view === name;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    });
  }

  function reading(on) {
    document.querySelector('#right').classList.toggle('reading', on);
  }

  // Arrow keys go from tab to tab, as the ARIA practices have it.
  function arrows(event, choose) {
    const tab = event.target.closest('[role="tab"]');
    if (!tab) return;
    const tabs = [...tab.parentElement.querySelectorAll('[role="tab"]')];
    const at = tabs.indexOf(tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    choose(next);
    next.focus();
  }

  function selectorOf(button) {
    const part = button.closest('#conversation, #live, #dossier, #listing');
    const data = Object.entries(button.dataset).map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`);
    return part ? `#${part.id} button${data.join('')}` : null;
  }

  // A click on a citation, or on what opens a row of the dossier. True where it was one.
  function cited(event, trigger) {
    const button = event.target.closest('button.cite, button[data-open]');
    if (!button) return false;
    const row = button.dataset.open;
    const shown = document.querySelector('#dossier .dossier')?.dataset.turn;
    origin = selectorOf(button);
    came = 'dossier';
    window.corroborateAwaits = true;
    trigger('cite', {
      turn: Number(button.dataset.turn),
      number: row === undefined ? Number(button.dataset.number) : null,
      row: row === undefined ? null : Number(row),
      shown: Number(shown || 0),
    });
    return true;
  }

  function read(button) {
    origin = selectorOf(button);
    came = 'articles';
    window.corroborateAwaits = true;
  }

  function back() {
    reading(false);
    view(came);
    const button = origin && document.querySelector(origin);
    if (button) {
      button.focus({ preventScroll: true });
      reveal(button, 'center');
    }
  }

  // The card beside a mark: what it stands for, for one who hovers over it or comes by keyboard.
  const card = document.createElement('div');
  card.id = 'card';
  card.hidden = true;
  const title = card.appendChild(document.createElement('strong'));
  const words = card.appendChild(document.createElement('span'));

  function showCard(node) {
    title.textContent = node.dataset.tipTitle || '';
    words.textContent = node.dataset.tip || '';
    card.hidden = false;
    const at = node.getBoundingClientRect();
    const size = card.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left + at.width / 2 - size.width / 2), window.innerWidth - size.width - 8);
    const below = at.bottom + 8 + size.height < window.innerHeight;
    card.style.left = `${left}px`;
    card.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - size.height - 8)}px`;
  }
  const hideCard = () => {
    card.hidden = true;
  };
  const tipped = (event) => event.target.closest?.('[data-tip]');
  document.addEventListener('mouseover', (event) => {
    const node = tipped(event);
    if (node) showCard(node);
    else if (!card.contains(event.target)) hideCard();
  });
  document.addEventListener('focusin', (event) => {
    const node = tipped(event);
    if (node && node.matches(':focus-visible')) showCard(node);
    else hideCard();
  });
  document.addEventListener('scroll', hideCard, true);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    if (!card.hidden) hideCard();
    else if (document.querySelector('#right.reading')) back();
  });
  const place = () => document.body.append(card);
  if (document.body) place();
  else document.addEventListener('DOMContentLoaded', place);

  // Gradio names its drop area in other words than it shows; who speaks to the page says what they see.
  const named = () => {
    for (const area of document.querySelectorAll('#files [aria-label][aria-dropeffect]')) {
      const shown = area.textContent.replace(/\s+/g, ' ').trim();
      if (shown && area.getAttribute('aria-label') !== shown) area.setAttribute('aria-label', shown);
    }
    // A name that gradio forgot to translate.
    for (const button of document.querySelectorAll('#files [aria-label="common.upload"]')) {
      button.setAttribute('aria-label', 'Choose more files');
      button.title = 'Choose more files';
    }
  };
  new MutationObserver(named).observe(document.documentElement, { childList: true, subtree: true });

  return { reveal, view, reading, arrows, cited, read, back };
})();
