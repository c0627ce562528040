"""Writes torch_losses.csv: python torch_losses.py > torch_losses.csv  (torch 2.7.1, torchvision 0.22.1, float64).

Columns: loss; first setting; second setting; inputs; predictions; targets; value of every element; gradient of their sum.
"""
import torch
import torch.nn.functional as F
from torchvision.ops import sigmoid_focal_loss

torch.manual_seed(11)
N = 12
moderate = torch.randn(N, dtype=torch.float64) * 4
moderate[0] = 0
extreme = torch.tensor([1e4, -1e4, 1e4, -1e4, 1e3, -1e3, 100, -100, 40, -40, 0, 1e4], dtype=torch.float64)
hard = (torch.rand(N) < 0.4).double()
alternate = torch.tensor([1, 1, 0, 0] * 3, dtype=torch.float64)
soft = torch.rand(N, dtype=torch.float64)
soft[3] = 0.5

INPUTS = {
    "random": (moderate, hard),
    "all-negative": (moderate, torch.zeros(N, dtype=torch.float64)),
    "all-positive": (moderate, torch.ones(N, dtype=torch.float64)),
    "soft": (moderate, soft),
    "extreme": (extreme, alternate),
    "extreme-soft": (extreme, soft),
}


def text(x):
    return " ".join(repr(v) for v in x.tolist())


def row(loss, a, b, name, x, y, f):
    x = x.clone().requires_grad_()
    v = f(x, y)
    v.sum().backward()
    print(loss, a, b, name, text(x.detach()), text(y), text(v.detach()), text(x.grad), sep=";")


for name, (x, y) in INPUTS.items():
    for alpha, gamma in [(0.25, 2), (0.3, 1.5), (0.75, 1), (0.9, 5), (0, 2), (1, 2), (-1, 2), (-1, 0), (0.25, 0), (0.25, 0.5)]:
        if gamma == 0.5 and name.startswith("extreme"):
            continue  # torchvision's gradient is NaN where p_t is 1
        row("focal", alpha, gamma, name, x, y, lambda x, y: sigmoid_focal_loss(x, y, alpha, gamma))
    for weight in [1, 3, 0.2]:
        pos = torch.tensor(weight, dtype=torch.float64)
        row("bce", weight, "", name, x, y,
            lambda x, y: F.binary_cross_entropy_with_logits(x, y, pos_weight=pos, reduction="none"))
    for beta in [1, 0.11, 2.5]:
        row("smooth-l1", beta, "", name, x, y, lambda x, y: F.smooth_l1_loss(x, y, beta=beta, reduction="none"))
