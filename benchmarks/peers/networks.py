"""The benchmarks' networks in PyTorch, with the tensor names that auris has: what is timed beside it.

NETWORKS: a name of auris -> factory, shape of an item, and auris' outputs in the order of the module's, each with the order of axes in
which auris has it (None: the same).
"""
from dataclasses import dataclass
from typing import Callable

import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvBlock(nn.Module):
    """Two 3x3 convolutions, each with batch normalisation and ReLU, and pooling."""

    def __init__(self, before, channels, pool=None):
        super().__init__()
        self.conv1 = nn.Conv2d(before, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.pool = pool or nn.Identity()

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return self.pool(F.relu(self.bn2(self.conv2(x))))


class Crnn4b(nn.Module):
    """(B, T, 64) -> (B, T, 17)."""

    def __init__(self):
        super().__init__()
        for n, before in enumerate((1, 128, 128), 1):
            setattr(self, f"conv{n}", nn.Conv2d(before, 128, 3, padding=1))
            setattr(self, f"batch_norm{n}", nn.BatchNorm2d(128))
        self.gru1 = nn.GRU(384, 32, bidirectional=True, batch_first=True)
        self.linear1, self.linear2 = nn.Linear(64, 32), nn.Linear(32, 17)
        self.dropout = nn.Dropout(0.2)

    def forward(self, x):
        x = x.unsqueeze(1)
        for n, window in enumerate((5, 2, 2), 1):
            x = F.relu(getattr(self, f"batch_norm{n}")(getattr(self, f"conv{n}")(x)))
            x = self.dropout(F.max_pool2d(x, (1, window)))
        x = x.permute(0, 2, 1, 3).flatten(2)
        return self.linear2(self.linear1(self.gru1(x)[0]))


CHANNELS = (1, 64, 128, 256, 512, 1024, 2048)


class SoftLabelMtl(nn.Module):
    """(B, T, 64) -> (B, T, 17), (B, T, 5), (B, T, 2)."""

    TASKS = (("sed", 17), ("asc", 5), ("aec", 2))

    def __init__(self, blocks):
        super().__init__()
        self.blocks = blocks
        self.bn0 = nn.BatchNorm2d(64)
        self.dropout = nn.Dropout(0.2)
        for n in range(1, blocks + 1):
            pool = nn.AvgPool2d((1, 2)) if n < 6 else None
            setattr(self, f"conv_block{n}", ConvBlock(CHANNELS[n - 1], CHANNELS[n], pool))
        for task, classes in self.TASKS:
            setattr(self, f"gru_{task}", nn.GRU(CHANNELS[blocks], 256, bidirectional=True, batch_first=True))
            setattr(self, f"fc_{task}", nn.Linear(512, classes))

    def forward(self, x):
        x = self.bn0(x.unsqueeze(1).transpose(1, 3)).transpose(1, 3)
        for n in range(1, self.blocks + 1):
            x = self.dropout(getattr(self, f"conv_block{n}")(x))
        x = x.mean(3).transpose(1, 2)
        return tuple(getattr(self, f"fc_{t}")(getattr(self, f"gru_{t}")(x)[0]) for t, _ in self.TASKS)


class Cnn14(nn.Module):
    """(B, T, 64) -> (B, 527)."""

    def __init__(self):
        super().__init__()
        self.bn0 = nn.BatchNorm2d(64)
        for n in range(1, 7):
            pool = nn.AvgPool2d(2) if n < 6 else None
            setattr(self, f"conv_block{n}", ConvBlock(CHANNELS[n - 1], CHANNELS[n], pool))
        self.fc1, self.fc_audioset = nn.Linear(2048, 2048), nn.Linear(2048, 527)
        self.dropout, self.dropout_of_features = nn.Dropout(0.2), nn.Dropout(0.5)

    def forward(self, x):
        x = self.bn0(x.unsqueeze(1).transpose(1, 3)).transpose(1, 3)
        for n in range(1, 7):
            x = self.dropout(getattr(self, f"conv_block{n}")(x))
        x = x.mean(3)
        x = self.dropout_of_features(x.amax(2) + x.mean(2))
        return torch.sigmoid(self.fc_audioset(F.relu(self.fc1(x))))


class ApaeEncoderDecoder(nn.Module):
    """(B, T, 64) -> class maps (B, 41, T, 64), reconstruction (B, T, 64)."""

    def __init__(self):
        super().__init__()
        self.enc, self.dec = nn.Module(), nn.Module()
        for part, channels in ((self.enc, (1, 32, 64, 128, 256)), (self.dec, (256, 128, 64, 32, 1))):
            for n in range(1, 5):
                setattr(part, f"cb{n}", ConvBlock(channels[n - 1], channels[n], nn.AvgPool2d(3, 1, 1)))
        self.enc.class_conv = nn.Conv2d(256, 41, 1)

    def forward(self, x):
        x = x.unsqueeze(1)
        for n in range(1, 5):
            x = getattr(self.enc, f"cb{n}")(x)
        maps = self.enc.class_conv(x)
        for n in range(1, 5):
            x = getattr(self.dec, f"cb{n}")(x)
        return maps, x.squeeze(1)


class Apae(ApaeEncoderDecoder):
    """(B, 311, 64) -> (B, 41), reconstruction (B, 311, 64)."""

    def __init__(self):
        super().__init__()
        self.dsa = nn.Module()
        for part in ("prob", "att"):
            setattr(self.dsa, f"fc_mel_{part}", nn.Linear(64, 64))
            setattr(self.dsa, f"fc_time_{part}", nn.Linear(311, 311))

    def forward(self, x):
        maps, reconstruction = super().forward(x)
        for axis in ("mel", "time"):
            probability = getattr(self.dsa, f"fc_{axis}_prob")(maps).sigmoid()
            maps = (probability * getattr(self.dsa, f"fc_{axis}_att")(maps).softmax(-1)).sum(-1)
        return maps.clamp(0, 1), reconstruction


class SqueezeExcitation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.fc = nn.Sequential(nn.Linear(channels, channels // 16, bias=False), nn.ReLU(),
                                nn.Linear(channels // 16, channels, bias=False), nn.Sigmoid())

    def forward(self, x):
        return x * self.fc(x.mean((2, 3)))[:, :, None, None]


class ResidualBlock(nn.Module):
    def __init__(self, before, channels, stride=1, excited=False):
        super().__init__()
        self.se = SqueezeExcitation(channels) if excited else nn.Identity()
        self.conv1 = nn.Conv2d(before, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = nn.Identity() if stride == 1 else nn.Sequential(
            nn.Conv2d(before, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        y = self.se(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
        return F.relu(y + self.downsample(x))


class DcaseNetConvolutions(nn.Module):
    """(B, T, 128) -> common (B, 256, T / 40, 8), scene (B, 10). Images are (time, mel), not (mel, time) as in the original."""

    def __init__(self, last_pool=(5, 2), excited=False):
        super().__init__()
        for n, (before, channels) in enumerate(((1, 64), (64, 128), (128, 256)), 1):
            setattr(self, f"conv_block{n}", ConvBlock(before, channels, nn.AvgPool2d(2)))
        for n in (1, 2):
            setattr(self, f"conv_block4_{n}", ConvBlock(256, 256, nn.AvgPool2d(last_pool)))
        self.layer_ASC = nn.Sequential(*(ResidualBlock(before, 384, stride, excited)
                                         for before, stride in ((256, 2), (384, 1), (384, 1))))
        self.code_ASC, self.fc_ASC = nn.Linear(384, 128), nn.Linear(128, 10)

    def branches(self, image):
        """What events and tags read beside the scene's branch, that branch, and the scene."""
        x = self.conv_block3(self.conv_block2(self.conv_block1(image)))
        branch = self.conv_block4_2(x)
        return self.conv_block4_1(x), branch, self.fc_ASC(self.code_ASC(self.layer_ASC(branch).mean((2, 3))))

    def forward(self, x):
        common, _, scene = self.branches(x.unsqueeze(1))
        return common, scene


class DcaseNet3(DcaseNetConvolutions):
    """(B, 1, 128, T) -> scene (B, 10), events (B, T', 14), tags (B, 80)."""

    def __init__(self):
        super().__init__(last_pool=(2, 5), excited=True)
        self.gru_1 = nn.GRU(512, 128, bidirectional=True, batch_first=True)
        self.gru_2 = nn.GRU(512, 128, bidirectional=True, batch_first=True)
        self.event_fc = nn.Linear(256, 14)
        self.layer_TAG = nn.Sequential(nn.Linear(512, 1024), nn.ReLU(), nn.Dropout(0.2), nn.Linear(1024, 1024), nn.ReLU(),
                                       nn.Dropout(0.1), nn.Linear(1024, 80))

    def forward(self, x):
        *maps, scene = self.branches(x)
        both = torch.cat(maps, 1).mean(2).transpose(1, 2)
        tags, events = self.gru_1(both)[0], self.gru_2(both)[0]
        return (scene, self.event_fc(events).sigmoid().repeat_interleave(8, 1),
                self.layer_TAG(torch.cat([tags, events], 2).mean(1)))


@dataclass
class Network:
    make: Callable[[], nn.Module]
    item: tuple
    outputs: dict


CHANNEL_LAST = (0, 2, 3, 1)
NETWORKS = {
    "crnn_4b": Network(Crnn4b, (200, 64), {"sed": None}),
    "soft_label_mtl_4": Network(lambda: SoftLabelMtl(4), (200, 64), {"sed": None, "asc": None, "aec": None}),
    "cnn14": Network(Cnn14, (1001, 64), {"clipwise_output": None}),
    "2apae": Network(Apae, (311, 64), {"y_pred": None, "x_rec": None}),
    "dcasenet_v3": Network(DcaseNet3, (1, 128, 251), {"asc": None, "sed": None, "tag": None}),
    "apae_encoder_decoder": Network(
        ApaeEncoderDecoder, (311, 64), {"class_maps": CHANNEL_LAST, "reconstruction": None}),
    "dcasenet_v3_convolutions": Network(
        DcaseNetConvolutions, (251, 128), {"common": CHANNEL_LAST, "scene": None}),
}


def made(name):
    """The network with weights of a seed, and running statistics as after training, which a folded network has to get right."""
    torch.manual_seed(0)
    module = NETWORKS[name].make()
    for m in module.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.running_mean.normal_(0, 0.1)
            m.running_var.uniform_(0.5, 1.5)
    return module


def random_input(name, batch):
    return torch.randn(batch, *NETWORKS[name].item, generator=torch.Generator().manual_seed(1))
