x()
// ast-grep-ignore
a.first(1)
a.second(2)
a.third(3) // ast-grep-ignore: js-call-any
a.fourth(4) // ast-grep-ignore: js-strict-equal
// ast-grep-ignore: js-strict-equal, js-call-any because of that
if (a.fifth(5) == 5) { var b = a == 1 }
// please ast-grep-ignore
a.sixth(6)
//-- ast-grep-ignored
a.seventh(7)
a.eighth(
  8
) // ast-grep-ignore
a.ninth(9)
/* ast-grep-ignore */ a.tenth(10)
a.eleventh(11)
// ast-grep-ignore: js-call-any
// ast-grep-ignore: js-strict-equal
a.twelfth(a == 12)
/*
 * ast-grep-ignore
 */
a.thirteenth(13)
// ast-grep-ignore:
a.fourteenth(14)
const s = 'ast-grep-ignore'
a.fifteenth("ast-grep-ignore")
if (a) { // ast-grep-ignore
  a.sixteenth(16)
}
// ast-grep-ignore

a.seventeenth(17)
// AST-GREP-IGNORE
a.eighteenth(18) // ast-grep-ignore: js-nothing
// ast-grep-ignore
