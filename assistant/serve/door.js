"use strict";
// Runs before textual.js, which brings xterm.js and connects it, and gives it a safer browser to run in.
(() => {
  const { nonce } = document.currentScript;
  const longest = Number(document.currentScript.dataset.longest);
  const SERVER_ENDS = 1001;
  const NO_CODE = 1006;

  // xterm.js makes style elements. The page's policy takes only those that carry its nonce.
  const createElement = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = createElement(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };

  // An address that stands on the screen is not opened by a click: it would stay in the history.
  window.open = () => null;

  const focus = () => document.querySelector(".xterm-helper-textarea")?.focus();
  window.addEventListener("focus", focus);

  // Nothing that was on the screen stays in the page.
  function leave({ code }) {
    window.onresize = null;
    document.body.replaceChildren(document.querySelector("#lost").content);
    if (code !== SERVER_ENDS && code !== NO_CODE) window.location.replace(`ended/${code}`);
  }

  window.WebSocket = class extends WebSocket {
    constructor(address) {
      super(address);
      this.addEventListener("open", focus);
      this.addEventListener("close", leave);
    }

    // What is too long, as a paste can be, would end the connection.
    send(message) {
      if (this.readyState === WebSocket.OPEN && message.length <= longest) super.send(message);
    }
  };

  // xterm.js measures its font when it begins, so the font has to be there.
  window.addEventListener(
    "load",
    (event) => {
      event.stopImmediatePropagation();
      const terminal = document.querySelector(".textual-terminal");
      terminal.dataset.sessionWebsocketUrl = new URL("socket", window.location.href.replace(/^http/, "ws")).href;
      // 40 columns, the fewest that the questionnaire can do with, have to fit on a telephone.
      terminal.dataset.fontSize = window.innerWidth < 600 ? "14" : "16";
      document.fonts.load(`${terminal.dataset.fontSize}px "Roboto Mono"`, "aя").finally(() => window.onload(event));
    },
    { capture: true, once: true },
  );
})();
