"""Small images as other programs write them, for ImageFormatsTest. Run with Pillow 11 or later in this folder.

Each shows four fields of 16 x 16: red, green above blue, white.
"""

import struct
from PIL import Image

colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
rgb = Image.new("RGB", (32, 32))
for i, colour in enumerate(colours):
    rgb.paste(colour, (16 * (i % 2), 16 * (i // 2), 16 * (i % 2) + 16, 16 * (i // 2) + 16))

rgb.convert("CMYK").save("cmyk.jpg", quality=95)
rgb.convert("CMYK").save("cmyk.tif", compression="tiff_lzw")
rgb.convert("P", palette=Image.Palette.ADAPTIVE).save("palette.png")
rgb.convert("RGBA").save("alpha.png")
rgb.save("lossless.webp", lossless=True)
rgb.convert("L").convert("1").save("bits.png")

grey16 = Image.new("I;16", (32, 32))  # the left half 0x4000, the right half 0xFFFF
grey16.putdata([0x4000 if i % 32 < 16 else 0xFFFF for i in range(32 * 32)])
grey16.save("grey16.png")
grey16.save("grey16.tif")

for orientation in range(1, 9):  # each is shown as rgb is, once its EXIF orientation is applied
    # by the table of the EXIF standard 2.3, 4.6.4: which side of the shown image the first row and the first column of the file are
    turn = {
        1: lambda im: im,
        2: lambda im: im.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        3: lambda im: im.transpose(Image.Transpose.ROTATE_180),
        4: lambda im: im.transpose(Image.Transpose.FLIP_TOP_BOTTOM),
        5: lambda im: im.transpose(Image.Transpose.TRANSPOSE),
        6: lambda im: im.transpose(Image.Transpose.ROTATE_90),
        7: lambda im: im.transpose(Image.Transpose.TRANSVERSE),
        8: lambda im: im.transpose(Image.Transpose.ROTATE_270),
    }[orientation]
    shown = rgb.resize((48, 32), Image.Resampling.NEAREST)
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn(shown).save(f"exif{orientation}.jpg", quality=95, subsampling=0, exif=exif)
    turn(shown).save(f"exif{orientation}.tif", tiffinfo={0x0112: orientation})
