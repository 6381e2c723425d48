import numpy as np

from harness import case, numbers


def einsum(equation, *shapes, dtype=np.float32):
    feeds = {f"x{i}": numbers(*shape, seed=i, low=-3, high=3, dtype=dtype)
             for i, shape in enumerate(shapes)}
    name = equation.replace("->", "_to_").replace(",", "_").replace("...", "E")
    return case(f"{name}_{np.dtype(dtype).name}", "Einsum", feeds, opset=12,
                equation=equation, atol=1e-4,
                expected=[np.asarray(np.einsum(equation.replace(" ", ""),
                                               *feeds.values()))])


CASES = [
    einsum("ij,jk->ik", (3, 4), (4, 5)),
    einsum("ij,jk", (3, 4), (4, 5)),
    einsum("ba,b", (3, 4), (3,)),
    einsum("bij,bjk->bik", (2, 3, 4), (2, 4, 5)),
    einsum("...ij,...jk->...ik", (2, 3, 4), (4, 5)),
    einsum("...ij,...jk->...ik", (6, 1, 3, 4), (2, 4, 5)),
    einsum("ii->i", (4, 4)),
    einsum("iij->j", (4, 4, 3)),
    einsum("...ii->...i", (2, 4, 4)),
    einsum("ij->ji", (3, 4)),
    einsum("ij->", (3, 4)),
    einsum("i,j->ij", (3,), (4,)),
    einsum("i,i", (5,), (5,)),
    einsum("abcd,cdef->fabe", (2, 3, 4, 5), (4, 5, 2, 3)),
    einsum("bhwc,hkc->bhwk", (2, 3, 4, 5), (3, 6, 5)),
    einsum("ij,kl->j", (2, 3), (4, 5)),
    einsum("a,ab,abc->abc", (2,), (2, 3), (2, 3, 4)),
    einsum("ij,jk,kl->il", (2, 3), (3, 4), (4, 5)),
    einsum("ij,jk->ik", (3, 4), (4, 5), dtype=np.int64),
    einsum("ij,jk->ik", (3, 4), (4, 5), dtype=np.float64),
    einsum("ij,jk->ik", (3, 0), (0, 5)),
]
