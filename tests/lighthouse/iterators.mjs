// What Lighthouse uses of Node 22 and Node 20 has not: methods of arrays on iterators.
const Iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values()));

for (const name of ["every", "find", "forEach", "reduce", "some"]) {
  Iterators[name] ??= function (...given) { return [...this][name](...given); };
}
for (const name of ["filter", "flatMap", "map"]) {
  Iterators[name] ??= function (...given) { return [...this][name](...given).values(); };
}
Iterators.toArray ??= function () { return [...this]; };
