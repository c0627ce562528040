"""Writes batch_losses.csv: python batch_losses.py > batch_losses.csv  (torch 2.7.1, torchvision 0.22.1, float64).

Every loss is written here the plain way, from its paper: bins one by one, probabilities by sigmoid or softmax.

Columns: loss; settings; inputs; shape; predictions; targets; weights, if any; losses; gradient of their sum; for GHM with momentum
the counts after this step, where the counts before it are in the settings.
"""
import torch
import torch.nn.functional as F
from torchvision.ops import generalized_box_iou_loss

torch.manual_seed(5)
D = torch.float64
N, C = 6, 4
moderate = (torch.randn(N, C, dtype=D) * 300).round() / 100
extreme = torch.tensor([1e4, -1e4, 1e4, -1e4, 1e3, -1e3, 100, -100, 40, -40, 0.5, 1e4], dtype=D).repeat(2).reshape(N, C)
hard = (torch.rand(N, C) < 0.3).to(D)
alternate = torch.tensor([1, 1, 0, 0], dtype=D).repeat(N, 1)
soft = (torch.rand(N, C, dtype=D) * 100).round() / 100
one_hot = F.one_hot(torch.randint(0, C, (N,)), C).to(D)
mask = (torch.rand(N, C) < 0.6).to(D)
column = torch.tensor([1, 0, 1, 1, 0, 2], dtype=D).reshape(N, 1)
INPUTS = {
    "random": (moderate, hard, None),
    "all-negative": (moderate, hard * 0, None),
    "all-positive": (moderate, hard * 0 + 1, None),
    "soft": (moderate, soft, None),
    "one-hot": (moderate, one_hot, None),
    "extreme": (extreme, alternate, None),
    "masked": (moderate, hard, mask),
    "rows-weighted": (moderate, soft, column),
    "masked-extreme": (extreme, alternate, mask),
    "all-masked": (moderate, hard, mask * 0),
    "empty": (moderate[:0], hard[:0], None),
}


def text(x):
    return "" if x is None else " ".join(f"{v:.8g}" for v in x.detach().flatten().tolist())


def row(loss, settings, name, x, y, w, f):
    x = x.clone().requires_grad_()
    out = f(x, y, w)
    v, after = out if isinstance(out, tuple) else (out, None)
    v.sum().backward()
    full = None if w is None else w.expand_as(x) if loss != "giou" else w
    print(loss, settings, name, " ".join(map(str, x.shape)), text(x), text(y), text(full), text(v), text(x.grad), text(after), sep=";")


def harmonizing(g, w, bins, momentum, before):
    """The weight of each element, and the counts after."""
    w = torch.ones_like(g) if w is None else w.expand_as(g)
    valid = w != 0
    edges = [i / bins for i in range(bins + 1)]
    edges[-1] += 1e-6
    after = before.clone()
    out = torch.zeros_like(g)
    filled = 0
    for i in range(bins):
        inside = (g >= edges[i]) & (g < edges[i + 1]) & valid
        count = inside.sum().item()
        if count > 0:
            after[i] = momentum * before[i] + (1 - momentum) * count
            out[inside] = valid.sum().item() / after[i]
            filled += 1
    return out / max(filled, 1) * w, after


def ghm_c(bins, momentum, before):
    def f(x, y, w):
        weights, after = harmonizing((torch.sigmoid(x) - y).abs().detach(), w, bins, momentum, before)
        return weights * F.binary_cross_entropy_with_logits(x, y, reduction="none"), after
    return f


def ghm_r(bins, mu, momentum, before):
    def f(x, y, w):
        d = x - y
        r = torch.sqrt(d * d + mu * mu)
        weights, after = harmonizing((d / r).abs().detach(), w, bins, momentum, before)
        return weights * (r - mu), after
    return f


def dice(s, softmax, per_row, squares):
    def f(x, y, w):
        p = torch.softmax(x, -1) if softmax else torch.sigmoid(x)
        w = torch.ones_like(x) if w is None else w.expand_as(x)
        below = w * (p * p + y * y if squares else p + y)
        axis = 1 if per_row else 0
        return 1 - (2 * (w * p * y).sum(axis, keepdim=True) + s) / (below.sum(axis, keepdim=True) + s)
    return f


def dsc(alpha, s):
    def f(x, y, w):
        p = torch.sigmoid(x)
        a = torch.sigmoid(-x) ** alpha * p
        loss = 1 - (2 * a * y + s) / (a + y + s)
        return loss if w is None else loss * w
    return f


def weighted_bce(pos):
    return lambda x, y, w: F.binary_cross_entropy_with_logits(x, y, weight=w, pos_weight=pos, reduction="none")


for name, (x, y, w) in INPUTS.items():
    for bins in [1, 10]:
        row("ghm-c", f"{bins} 0", name, x, y, w, ghm_c(bins, 0, torch.zeros(bins, dtype=D)))
    counts = torch.tensor([0, 3.5, 12.25, 0, 40], dtype=D)
    row("ghm-c", "5 0.75 " + text(counts), name, x, y, w, ghm_c(5, 0.75, counts))
    if name != "soft":
        row("ghm-r", "10 0.02 0", name, x, y, w, ghm_r(10, 0.02, 0, torch.zeros(10, dtype=D)))
        row("ghm-r", "5 0.5 0.7 " + text(counts), name, x, y, w, ghm_r(5, 0.5, 0.7, counts))
    zero_over_zero = name in ("all-masked", "empty", "rows-weighted") or "extreme" in name
    for s in [0, 1]:
        for kind in range(8) if name in ("random", "soft", "masked") else [0, 1, 2, 4]:
            softmax, per_row, squares = kind & 1, kind >> 1 & 1, kind >> 2
            if s > 0 or not zero_over_zero:
                row("dice", f"{s} {softmax} {per_row} {squares}", name, x, y, w, dice(s, softmax, per_row, squares))
    for alpha, s in [(0, 1), (0.5, 0.5), (1, 1), (2, 0)]:
        if "extreme" not in name or alpha != 0.5 and s > 0:  # the slope of (1 - p)^0.5 is infinite where p is 1
            row("dsc", f"{alpha} {s}", name, x, y, w, dsc(alpha, s))
    row("bce", "1", name, x, y, w, weighted_bce(None))
    row("bce", "3", name, x, y, w, weighted_bce(torch.tensor(3, dtype=D)))
    row("bce", "0.5 1 2 8", name, x, y, w, weighted_bce(torch.tensor([0.5, 1, 2, 8], dtype=D)))

# Many labels, few of them true: a row with five, and a row with none.
labels = torch.zeros(2, 512, dtype=D)
labels[0, [3, 77, 200, 201, 511]] = 1
logits = (torch.randn(2, 512, dtype=D) * 2).mul(100).round() / 100
weights = torch.ones(2, 512, dtype=D)
weights[:, 256:] = 0.25
row("bce", "100", "multi-label", logits, labels, None, weighted_bce(torch.tensor(100, dtype=D)))
row("bce", "100", "multi-label-weighted", logits, labels, weights, weighted_bce(torch.tensor(100, dtype=D)))

boxes = torch.tensor([
    [0, 0, 10, 10], [5, 5, 15, 15], [20, 20, 30, 25], [2, 3, 7, 9], [0, 0, 0.5, 0.25], [1, 1, 1, 1], [5, 2, 5, 8],
    [0, 0, 1e4, 1e4], [0.1, 0.2, 0.3, 0.4], [-8, -7, -1, -2]], dtype=D)
truth = torch.tensor([
    [1, 2, 9, 12], [0, 0, 10, 10], [0, 0, 5, 5], [2.5, 3.5, 6.5, 8.5], [100, 100, 200, 200], [3, 3, 8, 8], [1, 1, 9, 9],
    [9e3, 9e3, 9.5e3, 9.9e3], [0.15, 0.1, 0.35, 0.45], [-3, -3, 4, 5]], dtype=D)
swapped = boxes[:, [2, 3, 0, 1]]
row("giou", "", "boxes", boxes, truth, None, lambda x, y, w: generalized_box_iou_loss(x, y))
row("giou", "", "weighted", boxes, truth, torch.tensor([1, 0, 2, 0, 0, 1, 1, 1, 0.5, 1], dtype=D),
    lambda x, y, w: w * generalized_box_iou_loss(x, y))
row("giou", "", "inverted", swapped[[0, 1, 2, 3, 7]], truth[[0, 1, 2, 3, 7]], None,
    lambda x, y, w: generalized_box_iou_loss(x[:, [2, 3, 0, 1]], y))
row("giou", "", "empty", boxes[:0], truth[:0], None, lambda x, y, w: generalized_box_iou_loss(x, y))
row("giou", "", "no-area", boxes[[5, 6]], boxes[[5, 6]] + 1, None, lambda x, y, w: generalized_box_iou_loss(x, y))
