"""The two demo networks: a U-Net and a YOLO-style detector (PyTorch)."""
import torch
from torch import nn

STRIDES = (8, 16)


def conv_bn(cin, cout, kernel=3, stride=1, dilation=1, act=nn.ReLU):
    pad = dilation * (kernel // 2)
    return nn.Sequential(nn.Conv2d(cin, cout, kernel, stride, pad, dilation, bias=False),
                         nn.BatchNorm2d(cout), act())


class Up(nn.ConvTranspose2d):
    """Transposed convolution, k4 s2 p1, that trains by output phase.

    PyTorch's own runs by im2col, ten times slower on a CPU. Output row 2i + p sees input
    rows i + d through kernel row TAPS[p][d + 1]; the four phases are one 3x3
    convolution and a pixel shuffle. What is exported is the plain ConvTranspose.
    """

    TAPS = ((3, 1, None), (None, 2, 0))

    def __init__(self, cin, cout):
        super().__init__(cin, cout, 4, 2, 1)

    def forward(self, x):
        if not self.training:
            return super().forward(x)
        weight = self.weight.new_zeros(self.out_channels, 2, 2, self.in_channels, 3, 3)
        for py, px in ((0, 0), (0, 1), (1, 0), (1, 1)):
            for dy, ky in enumerate(self.TAPS[py]):
                for dx, kx in enumerate(self.TAPS[px]):
                    if ky is not None and kx is not None:
                        weight[:, py, px, :, dy, dx] = self.weight[:, :, ky, kx].t()
        y = nn.functional.conv2d(x, weight.flatten(0, 2), padding=1)
        return nn.functional.pixel_shuffle(y, 2) + self.bias.view(1, -1, 1, 1)


class UNet(nn.Module):
    """[N, 3, H, W] in 0..1 -> [N, 11, H, W] class scores; H, W multiples of 8.

    Three levels, a bottleneck of dilated convolutions (rates 2 and 4), transposed
    convolutions (k4 s2) on the way up, skips by concatenation.
    """

    def __init__(self, widths=(16, 24, 48, 64), classes=11):
        super().__init__()
        c = widths
        self.down = nn.ModuleList()
        cin = 3
        for width in c[:3]:
            self.down.append(nn.Sequential(conv_bn(cin, width), conv_bn(width, width)))
            cin = width
        self.bottom = nn.Sequential(conv_bn(c[2], c[3]), conv_bn(c[3], c[3], dilation=2),
                                    conv_bn(c[3], c[3], dilation=4))
        self.up = nn.ModuleList()
        self.dec = nn.ModuleList()
        cin = c[3]
        for width in reversed(c[:3]):
            self.up.append(Up(cin, width))
            self.dec.append(nn.Sequential(conv_bn(2 * width, width), conv_bn(width, width)))
            cin = width
        self.head = nn.Conv2d(c[0], classes, 1)

    def forward(self, x):
        skips = []
        for stage in self.down:
            x = stage(x)
            skips.append(x)
            x = nn.functional.max_pool2d(x, 2)
        x = self.bottom(x)
        for up, dec, skip in zip(self.up, self.dec, reversed(skips)):
            x = dec(torch.cat([skip, torch.relu(up(x))], 1))
        return self.head(x)


class C2f(nn.Module):
    """Split, one residual bottleneck, concatenate, project (YOLOv8's block)."""

    def __init__(self, channels):
        super().__init__()
        half = channels // 2
        self.first = conv_bn(channels, channels, 1, act=nn.SiLU)
        self.body = nn.Sequential(conv_bn(half, half, act=nn.SiLU), conv_bn(half, half, act=nn.SiLU))
        self.last = conv_bn(channels + half, channels, 1, act=nn.SiLU)

    def forward(self, x):
        a, b = self.first(x).chunk(2, 1)
        return self.last(torch.cat([a, b, b + self.body(b)], 1))


class Yolo(nn.Module):
    """[N, 3, H, W] in 0..1 -> [N, 14, cells]: x1, y1, x2, y2 in pixels, 10 scores.

    Anchor-free, strides 8 and 16, sides predicted as distances from the cell's centre.
    """

    def __init__(self, classes=10):
        super().__init__()
        act = nn.SiLU
        self.stem = nn.Sequential(conv_bn(3, 16, 3, 2, act=act), conv_bn(16, 32, 3, 2, act=act), C2f(32))
        self.p3 = nn.Sequential(conv_bn(32, 48, 3, 2, act=act), C2f(48))
        self.p4 = nn.Sequential(conv_bn(48, 80, 3, 2, act=act), C2f(80))
        self.merge = nn.Sequential(conv_bn(80 + 48, 64, 1, act=act), C2f(64))
        self.heads = nn.ModuleList()
        for width in (64, 80):
            self.heads.append(nn.Sequential(conv_bn(width, 48, act=act), nn.Conv2d(48, 4 + classes, 1)))
            nn.init.constant_(self.heads[-1][-1].bias[4:], -4.0)

    def features(self, x):
        p3 = self.p3(self.stem(x))
        p4 = self.p4(p3)
        up = nn.functional.interpolate(p4, scale_factor=2.0, mode="nearest")
        p3 = self.merge(torch.cat([up, p3], 1))
        return [head(p) for head, p in zip(self.heads, (p3, p4))]

    def forward(self, x):
        height, width = x.shape[2:]
        out = []
        for raw, stride in zip(self.features(x), STRIDES):
            centre = centres(height // stride, width // stride, stride)
            side = nn.functional.softplus(raw[:, :4]) * stride
            sign = torch.tensor([-1.0, -1.0, 1.0, 1.0]).view(1, 4, 1, 1)
            box = centre + side * sign
            out.append(torch.cat([box, torch.sigmoid(raw[:, 4:])], 1).flatten(2))
        return torch.cat(out, 2)


def centres(rows, columns, stride):
    """[1, 4, rows, columns]: x, y, x, y of each cell's centre in pixels."""
    y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    return ((torch.stack([x, y, x, y]) + 0.5) * stride)[None].float()
