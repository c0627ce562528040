"""Writes torch_class_losses.csv: python torch_class_losses.py > torch_class_losses.csv  (torch 2.7.1, float64).

Written from the papers' formulas with PyTorch's cross_entropy and autograd; nothing is detached.
Columns: loss; settings; inputs; logits, rows of 3 classes; targets; value of every element; gradient of their sum.
"""
import torch
import torch.nn.functional as F

torch.manual_seed(23)
R, C = 6, 3
COUNTS = torch.tensor([5000.0, 400.0, 30.0], dtype=torch.float64)  # of the classes
EXAMPLES = 20000.0  # of any class or none
WEIGHTS = torch.tensor([0.5, 1.0, 3.0], dtype=torch.float64)


def tensor(values):
    return torch.tensor(values, dtype=torch.float64)


moderate = torch.randn(R, C, dtype=torch.float64) * 4
moderate[0] = 0
moderate[1, 0] = 0
extreme = tensor([[1e4, -1e4, 0], [1e4, -1e4, 0], [1e4, 1e4, -1e4], [-1e4, -1e4, -1e4], [100, -100, 40], [0, 0, 1e3]])
one_hot = F.one_hot(torch.tensor([0, 1, 2, 2, 1, 0]), C).double()
mixed = torch.rand(R, C, dtype=torch.float64)
mixed = mixed / mixed.sum(1, keepdim=True)
many = tensor([[1, 0, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0]])
quality = torch.rand(R, C, dtype=torch.float64) * many

SOFTMAX = {
    "random": (moderate, one_hot),
    "one-class": (moderate, tensor([[0, 0, 1]] * R)),
    "unclassified": (moderate, torch.cat([torch.zeros(3, C, dtype=torch.float64), one_hot[3:]])),
    "soft": (moderate, mixed),
    "extreme": (extreme, one_hot),
    "extreme-soft": (extreme, mixed),
}
BACKGROUND = {
    "random": (moderate, one_hot * tensor([1, 0, 1, 0, 0, 1])[:, None]),
    "all-negative": (moderate, torch.zeros(R, C, dtype=torch.float64)),
    "all-positive": (moderate, one_hot),
    "soft": (moderate, mixed * 0.7),
    "extreme": (extreme, one_hot * tensor([1, 0, 1, 1, 1, 0])[:, None]),
}
SIGMOID = {
    "random": (moderate, many),
    "all-negative": (moderate, torch.zeros(R, C, dtype=torch.float64)),
    "all-positive": (moderate, torch.ones(R, C, dtype=torch.float64)),
    "soft": (moderate, quality),
    "extreme": (extreme, many),
    "extreme-soft": (extreme, quality),
}


def text(x):
    return " ".join(repr(v) for v in x.flatten().tolist())


def rows(loss, settings, inputs, f, leave_out=()):
    for name, (x, y) in inputs.items():
        if name in leave_out:
            continue
        x = x.clone().requires_grad_()
        v = f(x, y)
        v.sum().backward()
        assert torch.isfinite(v).all() and torch.isfinite(x.grad).all(), (loss, settings, name)
        print(loss, settings, name, text(x.detach()), text(y), text(v.detach()), text(x.grad), sep=";")


def cross_entropy(x, y, weight=None):
    return F.cross_entropy(x, y, weight=weight, reduction="none")


def bce(x, y, pos_weight=None):
    return F.binary_cross_entropy_with_logits(x, y, pos_weight=pos_weight, reduction="none")


def softmax_focal(x, y, gamma, alpha):
    log_p = F.log_softmax(x, 1)
    return -(alpha * y * (1 - log_p.exp()) ** gamma * log_p).sum(1)


def with_background(f):
    return lambda x, y: f(torch.cat([x, torch.zeros(R, 1, dtype=torch.float64)], 1), torch.cat([y, 1 - y.sum(1, keepdim=True)], 1))


def quality_focal(x, y, beta):
    return (y - x.sigmoid()).abs() ** beta * bce(x, y)


def varifocal(x, y, alpha, gamma):
    return (y * (y > 0) + alpha * (x.sigmoid() - y).abs() ** gamma * (y <= 0)) * bce(x, y)


margins = COUNTS ** -0.25
margins = 0.5 * margins / margins.max()
share = COUNTS / COUNTS.sum()
prior = COUNTS / EXAMPLES

rows("cross-entropy", "", SOFTMAX, cross_entropy)
rows("weighted cross-entropy", "", SOFTMAX, lambda x, y: cross_entropy(x, y, WEIGHTS))
for gamma in [0.0, 1.0, 1.5, 2.0, 5.0]:
    rows("softmax-focal", gamma, SOFTMAX, lambda x, y: softmax_focal(x, y, gamma, 1))
    rows("weighted softmax-focal", gamma, SOFTMAX, lambda x, y: softmax_focal(x, y, gamma, WEIGHTS))
# below 1 the plain formula's gradient is NaN where p is 1
rows("softmax-focal", 0.5, SOFTMAX, lambda x, y: softmax_focal(x, y, 0.5, 1), ("extreme", "extreme-soft"))
for scale in [1.0, 30.0]:
    rows("ldam", scale, SOFTMAX, lambda x, y: cross_entropy(scale * (x - margins * y), y))
    rows("weighted ldam", scale, SOFTMAX, lambda x, y: cross_entropy(scale * (x - margins * y), y, WEIGHTS))
    rows("sigmoid ldam", scale, SIGMOID, lambda x, y: bce(scale * (x - margins * y), y))
    rows("weighted sigmoid ldam", scale, SIGMOID, lambda x, y: bce(scale * (x - margins * y), y, WEIGHTS))
for tau in [0.0, 0.5, 1.0, 2.0]:
    rows("logit-adjusted", tau, SOFTMAX, lambda x, y: cross_entropy(x + tau * share.log(), y))
    rows("sigmoid logit-adjusted", tau, SIGMOID, lambda x, y: bce(x + tau * (prior / (1 - prior)).log(), y))
for beta in [0.0, 1.0, 1.5, 2.0]:
    rows("quality", beta, SIGMOID, lambda x, y: quality_focal(x, y, beta))
rows("quality", 0.5, SIGMOID, lambda x, y: quality_focal(x, y, 0.5), ("extreme", "extreme-soft"))
for gamma in [0.0, 1.0, 1.5, 2.0]:
    rows("varifocal", gamma, SIGMOID, lambda x, y: varifocal(x, y, 0.75, gamma))
rows("varifocal", 0.5, SIGMOID, lambda x, y: varifocal(x, y, 0.75, 0.5), ("extreme", "extreme-soft"))
rows("background cross-entropy", "", BACKGROUND, with_background(cross_entropy))
rows("background softmax-focal", 2.0, BACKGROUND, with_background(lambda x, y: softmax_focal(x, y, 2.0, 1)))
