# ast-grep-ignore: py-equal-none
f(1)
x = a == None  # ast-grep-ignore
# ast-grep-ignore: py-call-one
g(2)
y = a == None  # noqa
"""
ast-grep-ignore
"""
h(3)
#!ast-grep-ignore
k(4)
m(5)  # type: ignore # ast-grep-ignore
