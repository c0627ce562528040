"""Random detection cases and what pycocotools says of them.

    pip install numpy==2.4.6 pycocotools==2.0.11
    python make_pycocotools_cases.py > pycocotools-cases.json

Each case is {"name", "images", "classes", "truths", "detections", "stats", "per_class"}: truths are
[image, class, x, y, w, h, area, crowd, difficult], detections [image, class, x, y, w, h, score], images and classes
counted from 0; stats are COCOeval.stats, and whatever has no ground truth is null.

pycocotools knows no difficult objects; `Eval` sets its own `ignore` flag for them. It overwrites that flag in `_prepare`,
which is why the class below sets it afterwards. The log-average miss rate is derived here from COCOeval's matches.
"""

import contextlib
import io
import json
import sys

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


class Eval(COCOeval):
    def _prepare(self):
        super()._prepare()
        for annotations in self._gts.values():
            for annotation in annotations:
                annotation["ignore"] = annotation["iscrowd"] or annotation["difficult"]


def box(random, step, size):
    x, y, w, h = random.uniform(0, 300), random.uniform(0, 200), *(size * random.uniform(0.5, 1.5, 2))
    return [round(round(v / step) * step, 2) for v in (x, y, max(w, step), max(h, step))]


def case(name, seed, images, classes, density, step, decimals, flood=0):
    random = np.random.default_rng(seed)
    truths, detections = [], []
    score = lambda: round(float(random.uniform()), decimals)
    for image in range(images):
        if image % 5 == 4:  # an image of background
            count = 0
        else:
            count = int(random.poisson(density))
        for _ in range(count):
            label = int(random.integers(classes))
            size = random.choice([20, 32, 60, 96, 150])
            exact = random.uniform() < 0.2  # areas on the border of two ranges
            b = box(random, step, size)
            b = b[:2] + [float(size)] * 2 if exact else b
            area = b[2] * b[3] if random.uniform() < 0.5 else round(b[2] * b[3] * 0.7, 2)
            kind = random.uniform()
            # The last class but one has crowds only, the last one has detections only.
            crowd = int(kind < 0.1 or label == classes - 2)
            difficult = int(0.1 <= kind < 0.2)
            if label != classes - 1:
                truths.append([image, label, *b, area, crowd, difficult])
            for _ in range(int(random.integers(0, 4))):
                moved = [round(round((v + random.normal() * size * 0.1) / step) * step, 2) for v in b]
                moved = b if random.uniform() < 0.1 else moved[:2] + [max(v, step) for v in moved[2:]]
                detections.append([image, label if random.uniform() < 0.9 else int(random.integers(classes)), *moved, score()])
        for _ in range(int(random.poisson(2))):
            detections.append([image, int(random.integers(classes)), *box(random, step, 60), score()])
    for _ in range(flood):  # more of one class on one image than the limit of 100
        near = truths[0]
        detections.append([0, near[1], *[float(v + round(random.normal() * 8)) for v in near[2:4]], *near[4:6], score()])
    detections = [detections[i] for i in random.permutation(len(detections))]
    return {"name": name, "images": images, "classes": classes, "truths": truths, "detections": detections}


def coco_of(c):
    coco = COCO()
    coco.dataset = {
        "info": {},
        "images": [{"id": i + 1} for i in range(c["images"])],
        "categories": [{"id": k + 1, "name": str(k)} for k in range(c["classes"])],
        "annotations": [
            {"id": n + 1, "image_id": t[0] + 1, "category_id": t[1] + 1, "bbox": t[2:6], "area": t[6], "iscrowd": t[7], "difficult": t[8]}
            for n, t in enumerate(c["truths"])
        ],
    }
    coco.createIndex()
    return coco


def number(value):
    return None if value == -1 else float(value)


def average(values):
    values = values[values > -1]
    return float(np.mean(values)) if values.size else None


def log_average_miss_rate(e, k):
    images = len(e.params.imgIds)
    cells = [cell for cell in e.evalImgs[k * 4 * images : k * 4 * images + images] if cell is not None]
    n = sum(int(np.sum(cell["gtIgnore"] == 0)) for cell in cells)
    if n == 0:
        return None
    order = np.argsort(-np.concatenate([cell["dtScores"] for cell in cells]), kind="mergesort")
    matched = np.concatenate([cell["dtMatches"][0] for cell in cells])[order] > 0
    counted = ~np.concatenate([cell["dtIgnore"][0] for cell in cells])[order].astype(bool)
    fppi = np.insert(np.cumsum(~matched & counted) / images, 0, -1)
    miss = np.insert(1 - np.cumsum(matched & counted) / n, 0, 1)
    at = [miss[np.where(fppi <= reference)[0][-1]] for reference in np.logspace(-2, 0, 9)]
    return float(np.exp(np.mean(np.log(np.maximum(1e-10, at)))))


def with_expectation(c):
    truth = coco_of(c)
    found = truth.loadRes(
        [{"image_id": d[0] + 1, "category_id": d[1] + 1, "bbox": d[2:6], "score": d[6]} for d in c["detections"]]
    )
    e = Eval(truth, found, "bbox")
    e.evaluate()
    e.accumulate()
    e.summarize()
    precision = e.eval["precision"]  # [T, R, K, A, M]
    c["stats"] = [number(s) for s in e.stats]
    c["per_class"] = [
        {
            "ap": average(precision[:, :, k, 0, 2]),
            "ap50": average(precision[0, :, k, 0, 2]),
            "lamr": log_average_miss_rate(e, k),
            "ground_truths": sum(1 for t in c["truths"] if t[1] == k and not t[7] and not t[8]),
        }
        for k in range(c["classes"])
    ]
    return c


cases = [
    case("integer coordinates", 1, 30, 5, 3, 1, 4),
    case("many ties of scores", 2, 30, 4, 3, 1, 1),
    case("hundredths of a pixel", 3, 30, 4, 3, 0.01, 4),
    case("more detections than the limit", 4, 8, 3, 4, 1, 2, flood=130),
    case("one class of objects", 5, 20, 3, 2, 0.5, 3),
]
with contextlib.redirect_stdout(io.StringIO()):
    cases = [with_expectation(c) for c in cases]
sys.stdout.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
