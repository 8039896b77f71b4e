#!/usr/bin/env bash
# Fills a folder with the packages of Debian that the tests on a GPU are built with, for a machine that can install nothing:
#
#   bash tests/gpu_packages.sh DIR      then, on that machine: bash tests/gpu.sh --deps DIR
set -e
mkdir -p "${1:?which folder?}/packages"
cd "$1/packages"
apt-get download -q catch2 nlohmann-json3-dev libcli11-dev libbenchmark-dev 'libbenchmark1*' libsndfile1-dev libsndfile1 \
  libflac-dev 'libflac1*' libogg-dev libogg0 libvorbis-dev libvorbis0a libvorbisenc2 libopus-dev libopus0 libmp3lame0 libmpg123-0 \
  libmpg123-dev libmp3lame-dev pkg-config pkgconf pkgconf-bin libpkgconf3 ninja-build
for package in *.deb; do dpkg -x "$package" ..; done
cd .. && rm -r packages
du -sh "$PWD"
