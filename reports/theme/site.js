// Dark or light, the menu of narrow screens, and the search. A classic script, so that pages open
// from file:// as well; without it the pages are whole, only these three are missing.
(function () {
  "use strict";
  var root = document.documentElement;
  var wanted = null;
  try { wanted = localStorage.getItem("tandem-theme"); } catch (error) { wanted = null; }
  if (wanted === "dark" || wanted === "light") { root.setAttribute("data-theme", wanted); }
  root.classList.add("js");

  document.addEventListener("DOMContentLoaded", function () {
    var top = document.querySelector("header.top");
    if (!top) { return; }
    theme(top.querySelector("button.theme"));
    menu(top.querySelector(".menu-button"), document.getElementById("menu"));
    search(top, top.querySelector(".search"));
  });

  function isDark() {
    var set = root.getAttribute("data-theme");
    return set ? set === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  }

  function theme(button) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", function () {
      var next = isDark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      button.setAttribute("aria-pressed", String(next === "dark"));
      try { localStorage.setItem("tandem-theme", next); } catch (error) { return; }
    });
  }

  function menu(button, list) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var open = list.classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
    });
  }

  function search(top, box) {
    var field = box.querySelector("input");
    var list = box.querySelector("ul");
    box.hidden = false;
    field.addEventListener("focus", load);
    field.addEventListener("input", show);
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { close(); }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { step(event); }
    });
    document.addEventListener("click", function (event) {
      if (!box.contains(event.target)) { close(); }
    });

    function load() {
      if (window.tandemSearch || document.getElementById("search-data")) { return; }
      var script = document.createElement("script");
      script.id = "search-data";
      script.src = top.getAttribute("data-search");
      script.addEventListener("load", show);
      document.head.appendChild(script);
    }

    function close() {
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
    }

    function step(event) {
      var links = Array.prototype.slice.call(list.querySelectorAll("a"));
      if (list.hidden || !links.length || !box.contains(document.activeElement)) { return; }
      event.preventDefault();
      var at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      (links[at] || field).focus();
    }

    function show() {
      var words = field.value.trim().toLowerCase();
      list.textContent = "";
      if (!words || !window.tandemSearch) { close(); return; }
      var found = window.tandemSearch.map(function (entry) {
        var head = (entry[1] + " " + entry[2]).toLowerCase();
        var inHead = head.indexOf(words) >= 0;
        var at = entry[3].toLowerCase().indexOf(words);
        return { entry: entry, at: at, weight: inHead ? 2 : at >= 0 ? 1 : 0 };
      }).filter(function (hit) { return hit.weight; });
      found.sort(function (a, b) { return b.weight - a.weight; });
      found.slice(0, 12).forEach(function (hit) { list.appendChild(item(hit, words.length)); });
      if (!found.length) {
        var none = document.createElement("li");
        none.className = "none";
        none.textContent = top.getAttribute("data-nothing");
        list.appendChild(none);
      }
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }

    function item(hit, length) {
      var link = document.createElement("a");
      link.href = top.getAttribute("data-root") + hit.entry[0];
      link.textContent = hit.entry[2] && hit.entry[2] !== hit.entry[1]
        ? hit.entry[1] + " – " + hit.entry[2] : hit.entry[1];
      if (hit.at >= 0) {
        var text = document.createElement("small");
        var from = Math.max(0, hit.at - 40);
        text.textContent = (from ? "… " : "") + hit.entry[3].slice(from, hit.at + length + 60) + " …";
        link.appendChild(text);
      }
      var row = document.createElement("li");
      row.appendChild(link);
      return row;
    }
  }
})();
