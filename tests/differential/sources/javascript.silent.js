/* ast-grep-ignore */

a.first(1)
var c = a == 2 // ast-grep-ignore: js-strict-equal
