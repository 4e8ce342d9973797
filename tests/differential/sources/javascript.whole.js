// ast-grep-ignore: js-call-any

a.first(1)
a.second(2 == b)
a.third(3) // ast-grep-ignore: js-call-any
