// Industry is a link of its own; size and role become a fragment of the industry page: /industries/gas/#safety-officer.
// Without this file the form is sent to its action with ?industry=&size=&role=, which lists all industries.
(() => {
  for (const form of document.querySelectorAll("form.chooser")) {
    const value = (name) => form.querySelector(`input[name="${name}"]:checked`);
    form.addEventListener("submit", (event) => {
      const industry = value("industry");
      if (!industry) return;
      const url = new URL(industry.dataset.href, location.href);
      if (url.origin !== location.origin) return;
      event.preventDefault();
      const size = value("size");
      const role = value("role");
      if (size) url.searchParams.set("size", size.value);
      if (role) url.hash = `path-${role.value}`;
      location.assign(url.href);
    });
  }
})();
